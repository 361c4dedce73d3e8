package io.tidemark.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The checkpoints a cluster left in its directory. */
record RetainedCheckpoints(Path directory) {

    /** The complete one written last, of any job; what a new submission goes on from. */
    Optional<String> newest() throws IOException {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        // One directory per job, in it one per checkpoint; complete is the one with _metadata.
        try (Stream<Path> found = Files.walk(directory, 3)) {
            return found.filter(path -> path.endsWith("_metadata"))
                    .max(Comparator.comparing(RetainedCheckpoints::written))
                    .map(path -> path.resolveSibling("").toUri().toString());
        }
    }

    private static FileTime written(Path path) {
        try {
            return Files.getLastModifiedTime(path);
        } catch (IOException removedMeanwhile) {
            return FileTime.fromMillis(0);
        }
    }
}
