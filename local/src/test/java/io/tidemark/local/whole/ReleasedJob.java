package io.tidemark.local.whole;

import io.tidemark.cluster.FlinkCluster;
import io.tidemark.local.drill.ClusterJob;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The release's jar on a real cluster of processes, on the real broker and database. */
final class ReleasedJob implements AutoCloseable {
    static final String MAIN = ClusterJob.MAIN;

    /** What must never be seen again; the database trusts, so any password does. */
    static final List<String> SECRETS = List.of("canary-password", "canary-key");

    private final Path data;
    private final RealParts parts;
    private final ClusterJob job;

    private ReleasedJob(Path data, RealParts parts, ClusterJob job) {
        this.data = data;
        this.parts = parts;
        this.job = job;
    }

    /** Starts the cluster, without the job; skips the test where broker or database are missing. */
    static ReleasedJob clusterOrSkip(Path data, int taskManagers) throws Exception {
        RealParts parts = RealParts.orSkip();
        try {
            Map<String, String> settings = new TreeMap<>(parts.settings(data));
            settings.put("source.lateness", "1s");
            settings.put("serving-store.writer-password", SECRETS.get(0));
            settings.put("admin.api-key", SECRETS.get(1));
            Path checkout = Path.of("..").toAbsolutePath().normalize();
            return new ReleasedJob(
                    data,
                    parts,
                    ClusterJob.start(
                            checkout, data, settings, ClusterJob.QUICK, taskManagers, step -> {}));
        } catch (IOException | InterruptedException | RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    RealParts parts() {
        return parts;
    }

    FlinkCluster cluster() {
        return job.cluster();
    }

    Path jar() {
        return job.jar();
    }

    Archive archive() {
        return new Archive(data.resolve("archive"));
    }

    List<String> arguments() {
        return job.arguments();
    }

    /** By Flink's command line; returns when all its tasks run. */
    String submit(int parallelism, Optional<String> from) throws IOException, InterruptedException {
        return job.submit(parallelism, from);
    }

    /** Waits for a row more than there are now. */
    void awaitNewRow(String after) throws Exception {
        long before = parts.rows();
        Until.holds("rows after " + after, Until.RECOVERY, () -> parts.rows() > before);
    }

    @Override
    public void close() throws IOException, SQLException {
        job.close();
        parts.close();
    }
}
