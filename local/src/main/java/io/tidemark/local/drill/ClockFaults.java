package io.tidemark.local.drill;

import io.tidemark.cluster.FlinkCluster;
import io.tidemark.cluster.FlinkProcess;
import io.tidemark.local.drill.Infliction.Scene;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Faults of a machine's clock, by {@code libfaketime}. */
final class ClockFaults {
    private static final int SKEWED_MILLIS = 8_000;
    private static final String AHEAD = "+7200";

    /** Within {@code source.future-tolerance}: beyond it events are refused, as they should be. */
    private static final String BEHIND = "-5";

    private ClockFaults() {}

    /** The library to preload; empty when it is not installed. */
    static Optional<Path> library() throws IOException {
        try (DirectoryStream<Path> machines =
                Files.newDirectoryStream(Path.of("/usr/lib"), "*-linux-gnu*")) {
            for (Path machine : machines) {
                Path library = machine.resolve("faketime/libfaketime.so.1");
                if (Files.isRegularFile(library)) {
                    return Optional.of(library);
                }
            }
        }
        return Optional.empty();
    }

    /** All of the job goes over to a TaskManager with another clock, which then is set back. */
    static void skew(Scene scene) throws IOException, InterruptedException {
        FlinkCluster flink = scene.platform().flink();
        Path clock = flink.conf().resolveSibling("clock");
        Files.writeString(clock, AHEAD);
        FlinkProcess skewed = flink.startTaskManager(environment(clock));
        List<FlinkProcess> others =
                flink.taskManagers().stream().filter(one -> one != skewed).toList();
        flink.awaitTaskManagers(others.size() + 1);
        long gone = System.currentTimeMillis();
        others.forEach(FlinkProcess::kill);
        scene.clock()
                .await(
                        "the job to go on under another clock",
                        () -> scene.platform().job().isWellSince(gone));
        scene.clock().pause(SKEWED_MILLIS);
        Files.writeString(clock, BEHIND);
        scene.clock().pause(SKEWED_MILLIS);
        for (int i = 0; i < DrillPlatform.TASK_MANAGERS; i++) {
            var unused = flink.startTaskManager();
        }
        flink.awaitTaskManagers(DrillPlatform.TASK_MANAGERS + 1);
        skewed.kill();
    }

    /**
     * What is elapsed goes on as it does: only the time of day is another. Without the fix that the
     * library forces upon newer C libraries, timed waits of a JVM end at once.
     */
    private static Map<String, String> environment(Path clock) throws IOException {
        Path library = library().orElseThrow(() -> new IOException("libfaketime is not installed"));
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "FAKETIME_TIMESTAMP_FILE", clock.toString(),
                "FAKETIME_CACHE_DURATION", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }
}
