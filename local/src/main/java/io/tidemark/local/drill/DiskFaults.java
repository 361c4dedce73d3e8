package io.tidemark.local.drill;

import io.tidemark.cluster.FlinkProcess;
import io.tidemark.local.drill.Infliction.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Faults of disks as the kernel reports them: {@code ENOSPC}, {@code EROFS}, {@code EIO}. */
final class DiskFaults {
    private static final int FULL_MILLIS = 8_000;
    private static final int READ_ONLY_MILLIS = 10_000;
    private static final int SYNC_MILLIS = 8_000;

    private DiskFaults() {}

    static void checkpointDiskFull(Scene scene) throws IOException, InterruptedException {
        full(scene, Fault.CHECKPOINT_DISK_FULL, () -> scene.clock().pause(FULL_MILLIS));
    }

    static void archiveDiskFull(Scene scene) throws IOException, InterruptedException {
        full(scene, Fault.ARCHIVE_DISK_FULL, () -> scene.clock().pause(FULL_MILLIS));
    }

    /** The job loses its connections, and is well again before anything can be logged. */
    static void logDiskFull(Scene scene) throws IOException, InterruptedException {
        full(
                scene,
                Fault.LOG_DISK_FULL,
                () -> {
                    BrokerFaults.cutConnections(scene);
                    long since = System.currentTimeMillis();
                    scene.clock()
                            .await(
                                    "the job to be well without logs",
                                    () -> scene.platform().job().isWellSince(since));
                });
    }

    @FunctionalInterface
    private interface Meanwhile {
        void run() throws IOException, InterruptedException;
    }

    private static void full(Scene scene, Fault fault, Meanwhile meanwhile)
            throws IOException, InterruptedException {
        DrillDisk disk = scene.platform().disks().of(fault);
        disk.fill();
        try {
            meanwhile.run();
        } finally {
            disk.free();
        }
    }

    /**
     * A read-only mount over the directory of local state: no file of it can be made or deleted any
     * more, though what is open goes on, as after {@code mount -o remount,ro}, which the kernel
     * refuses while files are open for writing.
     */
    static void localDiskReadOnly(Scene scene) throws IOException, InterruptedException {
        readOnly(scene, scene.platform().flink().localState(), READ_ONLY_MILLIS);
    }

    /** The same for any directory, for so long. */
    static void readOnly(Scene scene, Path directory, long millis)
            throws IOException, InterruptedException {
        Leash readOnly =
                Leash.hold(
                        // Made read-only where nobody writes, and that is put over the directory:
                        // a mount with files open for writing is busy.
                        "mkdir \"$1.ro\" && mount --bind \"$1\" \"$1.ro\" && {"
                                + " mount -o remount,bind,ro \"$1.ro\""
                                + " && mount --bind \"$1.ro\" \"$1\"; held=$?;"
                                + " umount \"$1.ro\"; rmdir \"$1.ro\"; [ $held -eq 0 ]; }",
                        "umount -l \"$1\"",
                        directory.toString());
        try {
            scene.clock().pause(millis);
        } finally {
            readOnly.close();
        }
    }

    static void syncFails(Scene scene) throws IOException, InterruptedException {
        FlinkProcess victim = ProcessFaults.anyTaskManager(scene);
        Path calls = Files.createTempFile("tidemark-drill", ".strace");
        try {
            Process strace =
                    new ProcessBuilder(
                                    "strace",
                                    "-f",
                                    "-qq",
                                    "-o",
                                    calls.toString(),
                                    "-e",
                                    "trace=fsync,fdatasync",
                                    "-e",
                                    "inject=fsync,fdatasync:error=EIO",
                                    "-p",
                                    Long.toString(victim.pid()))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try {
                scene.clock().pause(SYNC_MILLIS);
            } finally {
                // It lets the process go then.
                strace.destroy();
                if (!strace.waitFor(10, TimeUnit.SECONDS)) {
                    strace.destroyForcibly();
                }
            }
            if (!Files.readString(calls).contains("EIO")) {
                throw new IOException("nothing was made to reach a disk: no fsync failed");
            }
        } finally {
            Files.delete(calls);
        }
    }
}
