package io.tidemark.local.drill;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A tmpfs over a directory: a disk that can be full. When it is unmounted, also because the JVM is
 * gone, what was on it is in the directory.
 */
final class DrillDisk implements Teardown.Part {
    private static final String ROOMY = "2g";
    private static final int TRIES = 200;

    private final Path directory;
    private final Leash mount;

    private DrillDisk(Path directory, Leash mount) {
        this.directory = directory;
        this.mount = mount;
    }

    /**
     * Mounts it.
     *
     * @param directory empty; made when absent
     */
    static DrillDisk over(Path directory) throws IOException {
        Files.createDirectories(directory);
        Leash mount =
                Leash.hold(
                        "mount -t tmpfs -o mode=755,size=" + ROOMY + " tidemark-drill \"$1\"",
                        "cp -a \"$1\" \"$1.left\"; umount \"$1\" || umount -l \"$1\";"
                                + " rmdir \"$1\" && mv \"$1.left\" \"$1\"",
                        directory.toString());
        // One page that stays: a tmpfs cannot be made smaller than that.
        Files.writeString(directory.resolve(".drill-disk"), "x");
        return new DrillDisk(directory, mount);
    }

    /**
     * Not a byte more fits on it from now on: {@code ENOSPC}, what is open already too.
     *
     * @throws IOException when that cannot be reached
     */
    void fill() throws IOException, InterruptedException {
        FileStore store = Files.getFileStore(directory);
        for (int i = 0; i < TRIES; i++) {
            long used = store.getTotalSpace() - store.getUnallocatedSpace();
            try {
                resize(Long.toString(used));
            } catch (IOException writtenMeanwhile) {
                // The size must not be below what is used by now.
                continue;
            }
            if (store.getUnallocatedSpace() == 0) {
                return;
            }
        }
        throw new IOException("the disk of %s cannot be filled".formatted(directory));
    }

    /** There is room again. */
    void free() throws IOException, InterruptedException {
        resize(ROOMY);
    }

    private void resize(String size) throws IOException, InterruptedException {
        String unused = Command.run("mount", "-o", "remount,size=" + size, directory.toString());
    }

    @Override
    public void close() throws IOException {
        mount.close();
    }
}
