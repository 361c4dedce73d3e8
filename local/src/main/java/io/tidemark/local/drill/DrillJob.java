package io.tidemark.local.drill;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.cluster.FlinkRest;
import java.io.IOException;
import java.util.Optional;

/** The job on the drill's cluster: one at a time, submitted anew where a fault needs it. */
final class DrillJob {
    private static final int PARALLELISM = 2;

    private final ClusterJob cluster;
    private String id = "";
    private long submittedMillis;

    private DrillJob(ClusterJob cluster) {
        this.cluster = cluster;
    }

    /** Submits it for the first time; returns when every task runs. */
    static DrillJob submitTo(ClusterJob cluster) throws IOException, InterruptedException {
        DrillJob job = new DrillJob(cluster);
        job.submit(Optional.empty());
        cluster.cluster().awaitRunning(job.id);
        return job;
    }

    /** Submits the job again, from its newest checkpoint, once the TaskManagers are there. */
    void goOn() throws IOException, InterruptedException {
        cluster.cluster().awaitTaskManagers(DrillPlatform.TASK_MANAGERS);
        submit(cluster.cluster().newestCheckpoint());
    }

    /** Submits the job again, from that savepoint. */
    void goOnFrom(String savepoint) throws IOException, InterruptedException {
        submit(Optional.of(savepoint));
    }

    private void submit(Optional<String> from) throws IOException, InterruptedException {
        submittedMillis = System.currentTimeMillis();
        id = cluster.submitByRest(PARALLELISM, from);
    }

    /** Whether every task runs and a checkpoint is complete that began after that. */
    boolean isWellSince(long millis) throws InterruptedException {
        try {
            return isRunning() && rest().newestCheckpointMillis(id) > millis;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** When it began to start over last, or was submitted; wall-clock milliseconds. */
    long lastStartMillis() throws IOException, InterruptedException {
        return Math.max(submittedMillis, rest().lastRestartMillis(id));
    }

    /** Whether every task runs. */
    boolean isRunning() throws IOException, InterruptedException {
        return rest().isRunning(id);
    }

    /** Since it was submitted. */
    long completedCheckpoints() throws IOException, InterruptedException {
        return rest().completedCheckpoints(id);
    }

    /** As Flink's REST says it. */
    JsonNode newestCheckpoint() throws IOException, InterruptedException {
        return rest().newestCheckpoint(id);
    }

    /** Stops it with a savepoint; its connections are closed then. Where the savepoint is. */
    String stop() throws IOException, InterruptedException {
        return rest().stopWithSavepoint(id);
    }

    /** Cancels it; returns when it is no more. */
    void cancel() throws IOException, InterruptedException {
        rest().cancel(id);
        while (!rest().state(id).equals("CANCELED")) {
            Thread.sleep(100);
        }
    }

    /** Whether it has ended in order. */
    boolean isFinished() throws IOException, InterruptedException {
        return rest().state(id).equals("FINISHED");
    }

    private FlinkRest rest() {
        return cluster.cluster().rest();
    }
}
