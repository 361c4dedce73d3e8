package io.tidemark.local.whole;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stopped with a savepoint at one parallelism and resumed at another, on more TaskManagers, while
 * messages come: nothing is lost, nothing twice, and neither the rows nor what is reported of their
 * drift tell.
 */
@Tag("faults")
class RescaledClusterIT {
    private static final long SEED = 20261124;

    @TempDir Path data;
    private ReleasedJob job;
    private @Nullable SimulatedLoad load;

    @BeforeEach
    void start() throws Exception {
        job = ReleasedJob.clusterOrSkip(data, 1);
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
    void goesOnFromASavepointAtAnotherParallelism() throws Exception {
        WatchedMarket watched = WatchedMarket.begin(job.parts(), 600, SEED);
        String one = job.submit(1, Optional.empty());
        load = SimulatedLoad.start(job.parts().connection(), 600, SEED);
        watched.awaitReports();
        String scaledUpFrom = job.cluster().rest().stopWithSavepoint(one);

        job.cluster().startTaskManager();
        job.cluster().awaitTaskManagers(2);
        String two = job.submit(2, Optional.of(scaledUpFrom));
        job.awaitNewRow("1 -> 2");
        Thread.sleep(3_000);
        String scaledDownFrom = job.cluster().rest().stopWithSavepoint(two);

        String last = job.submit(1, Optional.of(scaledDownFrom));
        job.awaitNewRow("2 -> 1");
        Thread.sleep(2_000);
        Balance.holds(load.stop(), job.archive(), job.parts().databaseUrl());
        job.cluster().rest().stopWithSavepoint(last);
        watched.holds(Balance.served(job.parts().databaseUrl()));
    }
}
