package io.tidemark.local.whole;

import io.tidemark.cluster.ClusterSettings;
import io.tidemark.cluster.FlinkCluster;
import io.tidemark.cluster.FlinkHome;
import io.tidemark.job.features.FeatureJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The release's jar on a real cluster of processes, on the real broker and database. The cluster is
 * as {@code flink-conf} says, but quicker to checkpoint and to notice what is gone.
 */
final class ReleasedJob implements AutoCloseable {
    static final String MAIN = FeatureJob.class.getName();

    /** What must never be seen again; the database trusts, so any password does. */
    static final List<String> SECRETS = List.of("canary-password", "canary-key");

    private static final Map<String, String> QUICK =
            Map.of(
                    "execution.checkpointing.interval", "1s",
                    "execution.checkpointing.min-pause", "200ms",
                    "heartbeat.interval", "500ms",
                    "heartbeat.timeout", "5s",
                    "restart-strategy.exponential-delay.initial-backoff", "200ms",
                    "restart-strategy.exponential-delay.max-backoff", "2s");

    private final Path data;
    private final FlinkHome home;
    private final RealParts parts;
    private final FlinkCluster cluster;
    private final Path settings;

    private ReleasedJob(
            Path data, FlinkHome home, RealParts parts, FlinkCluster cluster, Path settings) {
        this.data = data;
        this.home = home;
        this.parts = parts;
        this.cluster = cluster;
        this.settings = settings;
    }

    /** Starts the cluster, without the job; skips the test where broker or database are missing. */
    static ReleasedJob clusterOrSkip(Path data, int taskManagers) throws Exception {
        RealParts parts = RealParts.orSkip();
        try {
            FlinkHome home = FlinkHome.of(Path.of("..").toAbsolutePath().normalize());
            FlinkCluster cluster =
                    FlinkCluster.start(
                            ClusterSettings.of(home, data.resolve("cluster")).with(QUICK),
                            taskManagers,
                            step -> {});
            return new ReleasedJob(data, home, parts, cluster, settings(data, parts));
        } catch (IOException | InterruptedException | RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    /** One file for job and server, as an operator would have it. */
    private static Path settings(Path data, RealParts parts) throws IOException {
        Map<String, String> settings = new TreeMap<>(parts.settings(data));
        settings.put("source.lateness", "1s");
        settings.put("serving-store.writer-password", SECRETS.get(0));
        settings.put("admin.api-key", SECRETS.get(1));
        List<String> lines = new ArrayList<>();
        settings.forEach((key, value) -> lines.add("%s: \"%s\"".formatted(key, value)));
        return Files.write(data.resolve("tidemark.yaml"), lines);
    }

    RealParts parts() {
        return parts;
    }

    FlinkCluster cluster() {
        return cluster;
    }

    Path jar() {
        return home.jobJar();
    }

    Archive archive() {
        return new Archive(data.resolve("archive"));
    }

    List<String> arguments() {
        return List.of("--config", settings.toString());
    }

    /** By Flink's command line; returns when all its tasks run. */
    String submit(int parallelism, Optional<String> from) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of("-p", Integer.toString(parallelism)));
        from.ifPresent(path -> options.addAll(List.of("-s", path)));
        String job = cluster.cli().run(MAIN, options, arguments());
        cluster.awaitRunning(job);
        return job;
    }

    /** Waits for a row more than there are now. */
    void awaitNewRow(String after) throws Exception {
        long before = parts.rows();
        Until.holds("rows after " + after, Until.RECOVERY, () -> parts.rows() > before);
    }

    @Override
    public void close() throws IOException, SQLException {
        cluster.close();
        parts.close();
    }
}
