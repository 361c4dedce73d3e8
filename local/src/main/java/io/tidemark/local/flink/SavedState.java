package io.tidemark.local.flink;

import io.tidemark.cluster.RetainedCheckpoints;
import io.tidemark.cluster.SavedCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The checkpoints and savepoints in a directory. */
final class SavedState {
    private final Path home;

    private SavedState(Path home) {
        this.home = home;
    }

    static SavedState in(Path home) {
        return new SavedState(home);
    }

    /** One directory per run, in it one per checkpoint. */
    Path checkpoints() {
        return home.resolve("checkpoints");
    }

    Path savepoints() {
        return home.resolve("savepoints");
    }

    /**
     * The checkpoint or savepoint written last of which nothing is missing, as a URI; empty where
     * there is none.
     */
    Optional<String> newest() throws IOException {
        List<SavedCheckpoint> candidates = new ArrayList<>();
        for (Path run : children(checkpoints())) {
            children(run).forEach(path -> candidates.add(new SavedCheckpoint(path)));
        }
        children(savepoints()).forEach(path -> candidates.add(new SavedCheckpoint(path)));
        return RetainedCheckpoints.newestWhole(candidates);
    }

    /**
     * Removes what nothing goes on from any more: earlier runs' checkpoints, earlier savepoints. A
     * savepoint needs nothing but itself; a checkpoint shares files with others of its run.
     */
    void removeAllBut(Optional<String> kept) throws IOException {
        List<Path> candidates = new ArrayList<>();
        candidates.addAll(children(checkpoints()));
        candidates.addAll(children(savepoints()));
        for (Path candidate : candidates) {
            if (kept.isEmpty() || !kept.get().startsWith(candidate.toUri().toString())) {
                remove(candidate);
            }
        }
    }

    private static List<Path> children(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.filter(Files::isDirectory).toList();
        }
    }

    private static void remove(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
