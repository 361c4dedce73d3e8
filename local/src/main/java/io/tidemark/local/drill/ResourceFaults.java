package io.tidemark.local.drill;

import io.tidemark.cluster.FlinkProcess;
import io.tidemark.local.drill.Infliction.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Faults of a process that has less of the machine than it needs. */
final class ResourceFaults {
    private static final int STARVED_MILLIS = 12_000;
    private static final int WITHOUT_HANDLES_MILLIS = 8_000;
    private static final long PERIOD_MICROS = 100_000;

    private ResourceFaults() {}

    /** A fifth of one processor, by the kernel's quota. */
    static void starve(Scene scene) throws IOException, InterruptedException {
        FlinkProcess victim = ProcessFaults.anyTaskManager(scene);
        Cgroup group = Cgroup.of("cpu", victim.pid());
        try {
            group.set("cpu.cfs_period_us", Long.toString(PERIOD_MICROS));
            group.set("cpu.cfs_quota_us", Long.toString(PERIOD_MICROS / 5));
            group.set("cgroup.procs", Long.toString(victim.pid()));
            scene.clock().pause(STARVED_MILLIS);
        } finally {
            group.close();
        }
    }

    /** What it has is not counted, what it takes from now on is: the first page kills it. */
    static void outOfMemory(Scene scene) throws IOException, InterruptedException {
        FlinkProcess victim = ProcessFaults.anyTaskManager(scene);
        Cgroup group = Cgroup.of("memory", victim.pid());
        try {
            group.set("memory.limit_in_bytes", "4096");
            group.set("cgroup.procs", Long.toString(victim.pid()));
            scene.clock().await("the kernel to kill " + victim.name(), () -> !victim.isAlive());
        } finally {
            group.close();
        }
        var unused = scene.platform().flink().startTaskManager();
    }

    /** Its limit is what it has open, until it is again what it was. */
    static void outOfFileHandles(Scene scene) throws IOException, InterruptedException {
        FlinkProcess victim = ProcessFaults.anyTaskManager(scene);
        String pid = Long.toString(victim.pid());
        String before =
                Command.run("prlimit", "--pid", pid, "--nofile", "--output=SOFT", "--noheadings")
                        .strip();
        limit(pid, Long.toString(open(victim)));
        try {
            scene.clock().pause(WITHOUT_HANDLES_MILLIS);
        } finally {
            limit(pid, before);
        }
    }

    private static void limit(String pid, String handles) throws IOException, InterruptedException {
        // The hard limit stays: nobody may raise it again.
        String unused = Command.run("prlimit", "--pid", pid, "--nofile=" + handles + ":");
    }

    private static long open(FlinkProcess process) throws IOException {
        try (Stream<Path> handles = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            return handles.count();
        }
    }
}
