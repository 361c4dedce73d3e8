package io.tidemark.local.drill;

import io.tidemark.cluster.FlinkCluster;
import io.tidemark.local.drill.Infliction.Scene;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Faults of the disks of checkpoints and archive. */
final class StorageFaults {
    private static final int CHECKPOINTS_MILLIS = 8_000;
    private static final int ARCHIVE_MILLIS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(StorageFaults.class);

    private StorageFaults() {}

    /**
     * As a JobManager leaves it that died while it wrote {@code _metadata}: nobody acknowledged
     * anything of that checkpoint, so the one before it is the one to go on from.
     */
    static void tornCheckpoint(Scene scene) throws IOException, InterruptedException {
        FlinkCluster flink = scene.platform().flink();
        flink.jobManager().kill();
        Path newest =
                Path.of(
                        URI.create(
                                flink.newestCheckpoint()
                                        .orElseThrow(() -> new IOException("no checkpoint"))));
        Path torn = Files.createDirectories(newest.resolveSibling("chk-1000000"));
        byte[] whole = Files.readAllBytes(newest.resolve("_metadata"));
        Files.write(torn.resolve("_metadata"), Arrays.copyOf(whole, whole.length / 2));
        var unused = flink.startJobManager();
        scene.platform().job().goOn();
    }

    static void checkpointsUnwritable(Scene scene) throws IOException, InterruptedException {
        unwritable(scene, scene.platform().flink().checkpoints(), CHECKPOINTS_MILLIS);
    }

    static void archiveUnwritable(Scene scene) throws IOException, InterruptedException {
        unwritable(scene, scene.platform().archive(), ARCHIVE_MILLIS);
    }

    /**
     * A file in the directory's place: whoever makes something there fails, root too, as on a disk
     * that is gone. What is open already goes on. A disk of its own cannot be moved aside: it
     * becomes read-only.
     */
    private static void unwritable(Scene scene, Path directory, long millis)
            throws IOException, InterruptedException {
        if (!Files.getFileStore(directory).equals(Files.getFileStore(directory.getParent()))) {
            DiskFaults.readOnly(scene, directory, millis);
            return;
        }
        Path aside = directory.resolveSibling(directory.getFileName() + ".aside");
        Files.move(directory, aside);
        while (!stands(directory)) {
            takeAlong(directory, aside);
        }
        try {
            scene.clock().pause(millis);
        } finally {
            Files.delete(directory);
            Files.move(aside, directory);
        }
    }

    /** Whether the file is in the place; not when the job was quicker to make the directory. */
    private static boolean stands(Path place) throws IOException {
        try {
            Files.writeString(place, "no directory");
            return true;
        } catch (FileSystemException e) {
            if (Files.isDirectory(place)) {
                return false;
            }
            throw e;
        }
    }

    /** What the job has begun there is its data: it belongs to the rest. */
    private static void takeAlong(Path made, Path aside) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(made)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path one : all) {
            if (Files.isDirectory(one)) {
                Files.createDirectories(aside.resolve(made.relativize(one)));
            }
        }
        try {
            for (Path one : all) {
                if (Files.isDirectory(one)) {
                    Files.delete(one);
                } else {
                    Files.move(one, aside.resolve(made.relativize(one)));
                }
            }
        } catch (DirectoryNotEmptyException | NoSuchFileException e) {
            LOG.info("the job is at work in {}; the next look finds the rest", made);
        }
    }
}
