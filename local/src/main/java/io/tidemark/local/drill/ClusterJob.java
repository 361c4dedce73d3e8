package io.tidemark.local.drill;

import io.tidemark.cluster.ClusterSettings;
import io.tidemark.cluster.FlinkCluster;
import io.tidemark.cluster.FlinkHome;
import io.tidemark.job.features.FeatureJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The release's jar on a cluster of processes. The cluster is as {@code flink-conf} says, with
 * options of the caller's besides.
 */
public final class ClusterJob implements AutoCloseable {
    /** The class to submit. */
    public static final String MAIN = FeatureJob.class.getName();

    /** Quicker than {@code flink-conf} to start, checkpoint and notice what is gone, for tests. */
    public static final Map<String, String> QUICK =
            Map.ofEntries(
                    Map.entry("execution.checkpointing.interval", "1s"),
                    Map.entry("execution.checkpointing.min-pause", "200ms"),
                    Map.entry("heartbeat.interval", "500ms"),
                    Map.entry("heartbeat.timeout", "5s"),
                    Map.entry("restart-strategy.exponential-delay.initial-backoff", "200ms"),
                    Map.entry("restart-strategy.exponential-delay.max-backoff", "2s"),
                    // A task on each TaskManager, so that whichever is killed is missed.
                    Map.entry("taskmanager.load-balance.mode", "SLOTS"),
                    // Processes that live for a minute: they start, and are killed, before the
                    // second compiler pays.
                    Map.entry("env.java.opts.all", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"));

    private final FlinkHome home;
    private final FlinkCluster cluster;
    private final Path settings;

    private ClusterJob(FlinkHome home, FlinkCluster cluster, Path settings) {
        this.home = home;
        this.cluster = cluster;
        this.settings = settings;
    }

    /**
     * Starts the cluster, without the job.
     *
     * @param checkout where the built parts are
     * @param directory everything of the cluster, and the settings file
     * @param settings of the job, written to one file as an operator would have it
     * @param options of Flink, beyond {@code flink-conf}
     * @param progress told what it is at, one line each
     */
    public static ClusterJob start(
            Path checkout,
            Path directory,
            Map<String, String> settings,
            Map<String, String> options,
            int taskManagers,
            Consumer<String> progress)
            throws IOException, InterruptedException {
        FlinkHome home = FlinkHome.of(checkout);
        Files.createDirectories(directory);
        List<String> lines = new ArrayList<>();
        new TreeMap<>(settings)
                .forEach((key, value) -> lines.add("%s: \"%s\"".formatted(key, value)));
        Path file = Files.write(directory.resolve("tidemark.yaml"), lines);
        FlinkCluster cluster =
                FlinkCluster.start(
                        ClusterSettings.of(home, directory.resolve("cluster")).with(options),
                        taskManagers,
                        progress);
        return new ClusterJob(home, cluster, file);
    }

    public FlinkCluster cluster() {
        return cluster;
    }

    /** The release's jar. */
    public Path jar() {
        return home.jobJar();
    }

    /** What the job's main class is given. */
    public List<String> arguments() {
        return List.of("--config", settings.toString());
    }

    /**
     * Submits by Flink's command line; returns when all tasks run.
     *
     * @param from a checkpoint or savepoint to go on from
     * @return the job's id
     */
    public String submit(int parallelism, Optional<String> from)
            throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of("-p", Integer.toString(parallelism)));
        from.ifPresent(path -> options.addAll(List.of("-s", path)));
        String job = cluster.cli().run(MAIN, options, arguments());
        cluster.awaitRunning(job);
        return job;
    }

    /** The same by REST, which is quicker; returns when the job is accepted. */
    String submitByRest(int parallelism, Optional<String> from)
            throws IOException, InterruptedException {
        String uploaded = cluster.rest().upload(jar());
        return cluster.rest().run(uploaded, MAIN, parallelism, from, arguments());
    }

    @Override
    public void close() {
        cluster.close();
    }
}
