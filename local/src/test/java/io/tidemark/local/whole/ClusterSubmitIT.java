package io.tidemark.local.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.cluster.FlinkRest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The release's jar, by Flink's command line and by its REST interface. */
class ClusterSubmitIT {
    private static final long SEED = 20261122;

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
    void runsByCommandLineAndGoesOnByRestFromItsSavepointAndTellsNoSecret() throws Exception {
        FlinkRest rest = job.cluster().rest();
        assertThatThrownBy(
                        () ->
                                job.cluster()
                                        .cli()
                                        .run(ReleasedJob.MAIN, List.of(), List.of("--x=y")))
                .hasMessageContaining("x is not a setting");

        String first = job.submit(1, Optional.empty());
        load = SimulatedLoad.start(job.parts().connection(), 600, SEED);
        job.awaitNewRow("submission");
        noSecretIsSeen(first);
        String savepoint = rest.stopWithSavepoint(first);

        String jar = rest.upload(job.jar());
        String second = rest.run(jar, ReleasedJob.MAIN, 1, Optional.of(savepoint), job.arguments());
        job.cluster().awaitRunning(second);
        job.awaitNewRow("submission by REST");
        noSecretIsSeen(second);
        long confirmed = load.stop();
        Balance.holds(confirmed, job.archive(), job.parts().databaseUrl());
    }

    private void noSecretIsSeen(String id) throws Exception {
        for (String path : List.of("", "/config", "/plan", "/checkpoints/config", "/exceptions")) {
            noSecretIn(path, job.cluster().rest().get("/jobs/" + id + path).toString());
        }
        noSecretIn("/jobmanager/config", job.cluster().rest().get("/jobmanager/config").toString());
        try (Stream<Path> logs = Files.walk(job.cluster().logs())) {
            for (Path log : logs.filter(Files::isRegularFile).toList()) {
                noSecretIn(log.toString(), Files.readString(log));
            }
        }
    }

    private static void noSecretIn(String where, String text) throws IOException {
        assertThat(text).as(where).doesNotContain(ReleasedJob.SECRETS);
        assertThat(text).as(where).doesNotContain("guest:guest");
    }
}
