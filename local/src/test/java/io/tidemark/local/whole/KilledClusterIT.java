package io.tidemark.local.whole;

import io.tidemark.cluster.FlinkCluster;
import io.tidemark.cluster.FlinkProcess;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each process of a cluster is killed while messages come: none is lost, none is twice, and the
 * rows are those of an undisturbed run.
 */
class KilledClusterIT {
    private static final long SEED = 20261123;

    @TempDir Path data;
    private ReleasedJob job;
    private @Nullable SimulatedLoad load;

    @BeforeEach
    void start() throws Exception {
        job = ReleasedJob.clusterOrSkip(data, 2);
    }

    @AfterEach
    void close() throws Exception {
        if (load != null) {
            load.stop();
        }
        if (job != null) {
            job.close();
        }
    }

    @Test
    void nothingIsLostNothingIsTwiceAndTheRowsAreTheSame() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        FlinkCluster cluster = job.cluster();
        String id = job.submit(2, Optional.empty());
        load = SimulatedLoad.start(job.parts().connection(), 600, SEED);
        job.awaitNewRow("submission");

        Thread.sleep(random.nextLong(1_000, 3_000));
        long killed = System.currentTimeMillis();
        cluster.taskManagers().get(0).kill();
        report("kill -9 of a TaskManager, slots standing by", killed, id);
        cluster.startTaskManager();
        cluster.awaitTaskManagers(2);

        Thread.sleep(random.nextLong(1_000, 3_000));
        killed = System.currentTimeMillis();
        for (FlinkProcess one : cluster.taskManagers()) {
            one.kill();
        }
        cluster.startTaskManager();
        cluster.startTaskManager();
        report("kill -9 of both TaskManagers, new ones started at once", killed, id);

        Thread.sleep(random.nextLong(1_000, 3_000));
        killed = System.currentTimeMillis();
        cluster.jobManager().kill();
        cluster.startJobManager();
        cluster.awaitTaskManagers(2);
        long before = job.parts().rows();
        job.submit(2, cluster.newestCheckpoint());
        rowsAfter("kill -9 of the JobManager, submission from the checkpoint", killed, before);

        Thread.sleep(2_000);
        long confirmed = load.stop();
        Balance.holds(confirmed, job.archive(), job.parts().databaseUrl());
    }

    /** Rows from the attempt after the one that was killed, not its last ones. */
    private void report(String disturbance, long killed, String id) throws Exception {
        Until.holds(
                "the job noticing a " + disturbance,
                Until.RECOVERY,
                () -> job.cluster().rest().lastRestartMillis(id) >= killed);
        rowsAfter(disturbance, killed, job.parts().rows());
    }

    /** The figure is of interest, not asserted. */
    private void rowsAfter(String disturbance, long killed, long before) throws Exception {
        Until.holds(
                "rows after a " + disturbance, Until.RECOVERY, () -> job.parts().rows() > before);
        System.out.printf(
                "%s: new rows after %d ms%n", disturbance, System.currentTimeMillis() - killed);
    }
}
