package io.tidemark.local.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The checkpoints and savepoints in a directory. */
final class SavedState {
    private static final String METADATA = "_metadata";

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

    /** The complete checkpoint or savepoint written last, as a URI; empty where there is none. */
    Optional<String> newest() throws IOException {
        return complete().stream()
                .max(Comparator.comparing(SavedState::written))
                .map(path -> path.toUri().toString());
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

    private List<Path> complete() throws IOException {
        List<Path> complete = new ArrayList<>();
        for (Path run : children(checkpoints())) {
            complete.addAll(children(run));
        }
        complete.addAll(children(savepoints()));
        complete.removeIf(path -> !Files.exists(path.resolve(METADATA)));
        return complete;
    }

    private static FileTime written(Path saved) {
        try {
            return Files.getLastModifiedTime(saved.resolve(METADATA));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
