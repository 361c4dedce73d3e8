package io.tidemark.local.drill;

import io.tidemark.cluster.FlinkCluster;
import io.tidemark.cluster.FlinkProcess;
import io.tidemark.local.drill.Infliction.Scene;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Faults of processes: killed and started again, or stopped where they are. */
final class ProcessFaults {
    private static final int KILLS_IN_A_ROW = 10;
    private static final int BETWEEN_KILLS_MILLIS = 3_000;

    /** Longer and shorter than a drill's cluster waits for a silent TaskManager, five seconds. */
    private static final int LONG_MILLIS = 8_000;

    private static final int SHORT_MILLIS = 3_000;

    private ProcessFaults() {}

    static void killTaskManager(Scene scene) throws IOException, InterruptedException {
        anyTaskManager(scene).kill();
        var unused = scene.platform().flink().startTaskManager();
    }

    static void killTaskManagersInARow(Scene scene) throws IOException, InterruptedException {
        for (int i = 0; i < KILLS_IN_A_ROW; i++) {
            killTaskManager(scene);
            scene.clock().pause(BETWEEN_KILLS_MILLIS);
        }
    }

    static void killJobManager(Scene scene) throws IOException, InterruptedException {
        FlinkCluster flink = scene.platform().flink();
        flink.jobManager().kill();
        var unused = flink.startJobManager();
        scene.platform().job().goOn();
    }

    static void killCluster(Scene scene) throws IOException, InterruptedException {
        kill(scene.platform().flink());
        startCluster(scene);
        scene.platform().job().goOn();
    }

    static void killEverything(Scene scene) throws IOException, InterruptedException {
        DrillPlatform platform = scene.platform();
        platform.broker().kill();
        platform.database().kill();
        kill(platform.flink());
        List<Start> starts =
                shuffled(
                        List.of(
                                platform.broker()::startAgain,
                                platform.database()::startAgain,
                                () -> startCluster(scene)),
                        scene.random());
        for (Start start : starts) {
            start.run();
        }
        platform.job().goOn();
    }

    static void pauseTaskManagerLong(Scene scene) throws IOException, InterruptedException {
        pauseTaskManager(scene, LONG_MILLIS);
    }

    static void pauseTaskManagerShortly(Scene scene) throws IOException, InterruptedException {
        pauseTaskManager(scene, SHORT_MILLIS);
    }

    private static void pauseTaskManager(Scene scene, long millis)
            throws IOException, InterruptedException {
        FlinkProcess paused = anyTaskManager(scene);
        paused.pause();
        try {
            scene.clock().pause(millis);
        } finally {
            paused.resume();
        }
    }

    @FunctionalInterface
    private interface Start {
        void run() throws IOException, InterruptedException;
    }

    private static void kill(FlinkCluster flink) {
        flink.jobManager().kill();
        flink.taskManagers().forEach(FlinkProcess::kill);
    }

    private static void startCluster(Scene scene) throws IOException, InterruptedException {
        FlinkCluster flink = scene.platform().flink();
        for (int i = 0; i < DrillPlatform.TASK_MANAGERS; i++) {
            var unused = flink.startTaskManager();
        }
        var unused = flink.startJobManager();
    }

    private static List<Start> shuffled(List<Start> starts, SplittableRandom random) {
        List<Start> left = new ArrayList<>(starts);
        List<Start> order = new ArrayList<>();
        while (!left.isEmpty()) {
            order.add(left.remove(random.nextInt(left.size())));
        }
        return order;
    }

    /** One with tasks while there is one: nobody misses an idle one. */
    static FlinkProcess anyTaskManager(Scene scene) throws IOException, InterruptedException {
        FlinkCluster flink = scene.platform().flink();
        List<FlinkProcess> candidates = flink.taskManagersAtWork();
        if (candidates.isEmpty()) {
            candidates = flink.taskManagers();
        }
        return candidates.get(scene.random().nextInt(candidates.size()));
    }
}
