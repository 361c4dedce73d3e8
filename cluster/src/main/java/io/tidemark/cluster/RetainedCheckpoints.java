package io.tidemark.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checkpoints a cluster left in its directory. */
public record RetainedCheckpoints(Path directory) {
    private static final Logger LOG = LoggerFactory.getLogger(RetainedCheckpoints.class);

    /** The whole one written last, of any job; what a new submission goes on from. */
    Optional<String> newest() throws IOException {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        // One directory per job, in it one per checkpoint; complete is the one with _metadata.
        try (Stream<Path> found = Files.walk(directory, 2)) {
            return newestWhole(found.filter(Files::isDirectory).map(SavedCheckpoint::new).toList());
        }
    }

    /**
     * The one written last of which nothing is missing. That an older one is taken because of a
     * newer one's flaw is logged: if the newer one was ever complete, the broker has forgotten what
     * came between the two.
     */
    public static Optional<String> newestWhole(Collection<SavedCheckpoint> candidates) {
        List<SavedCheckpoint> newestFirst =
                candidates.stream()
                        .filter(SavedCheckpoint::isComplete)
                        .sorted(Comparator.comparing(RetainedCheckpoints::written).reversed())
                        .toList();
        for (SavedCheckpoint candidate : newestFirst) {
            Optional<String> flaw = candidate.flaw();
            if (flaw.isEmpty()) {
                return Optional.of(candidate.uri());
            }
            LOG.warn(
                    "{} is passed over, an older checkpoint is taken: {}. If it was complete once,"
                            + " messages acknowledged since the older one are missing from state",
                    candidate.directory(),
                    flaw.get());
        }
        return Optional.empty();
    }

    private static FileTime written(SavedCheckpoint checkpoint) {
        try {
            return Files.getLastModifiedTime(checkpoint.metadata());
        } catch (IOException removedMeanwhile) {
            return FileTime.fromMillis(0);
        }
    }
}
