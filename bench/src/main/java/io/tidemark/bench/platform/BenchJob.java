package io.tidemark.bench.platform;

import io.tidemark.job.features.FeatureJob;
import io.tidemark.job.features.FeatureJobSettings;
import io.tidemark.schemas.settings.SettingsReader;
import io.tidemark.schemas.settings.SettingsSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The child process: a Flink mini cluster with the cluster's own configuration file, running the
 * real job (or the bare source) until the harness ends it or is gone itself.
 */
final class BenchJob {
    private BenchJob() {}

    public static void main(String[] args) throws Exception {
        JobOptions options = JobOptions.parse(args);
        exitWhenAbandoned();
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(
                        options.parallelism(), cluster(options));
        switch (options.kind()) {
            case FEATURES -> features(environment, options.settings());
            case BARE_SOURCE ->
                    BareSource.define(
                            environment,
                            jobVariables(System.getenv())
                                    .getOrDefault(JobProcess.BROKER_VARIABLE, ""),
                            options.settings());
        }
        environment.execute("bench-" + options.kind());
    }

    private static void features(StreamExecutionEnvironment environment, List<String> flags)
            throws IOException {
        SettingsReader reader =
                new SettingsReader(
                        SettingsSource.fromCommandLine(flags, jobVariables(System.getenv())));
        FeatureJobSettings settings = FeatureJobSettings.from(reader);
        reader.throwIfInvalid();
        FeatureJob.define(environment, settings, FeatureJob.prepareStore(settings));
    }

    /** Only what the harness means for the job: other variables of ours it does not know. */
    private static Map<String, String> jobVariables(Map<String, String> environment) {
        String broker = environment.get(JobProcess.BROKER_VARIABLE);
        return broker == null ? Map.of() : Map.of(JobProcess.BROKER_VARIABLE, broker);
    }

    private static Configuration cluster(JobOptions options) {
        Configuration cluster =
                GlobalConfiguration.loadConfiguration(options.flinkConf().toString());
        // The file's reporter needs a port of its own for each run, and its memory is that of
        // processes: a mini cluster has one heap and refuses ranges.
        for (String key : new ArrayList<>(cluster.keySet())) {
            if (key.startsWith("metrics.") || key.startsWith("taskmanager.memory.")) {
                cluster.removeKey(key);
            }
        }
        cluster.setString("metrics.reporters", "bench");
        cluster.setString(
                "metrics.reporter.bench.factory.class", JobCountersFactory.class.getName());
        cluster.setString("metrics.reporter.bench.interval", "100 MILLISECONDS");
        String directory = options.directory().toUri().toString();
        cluster.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, options.checkpointInterval());
        cluster.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, options.checkpointing());
        if (options.checkpointInterval().compareTo(Duration.ofSeconds(2)) < 0) {
            cluster.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, Duration.ofMillis(100));
        }
        cluster.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory + "/checkpoints");
        cluster.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, directory + "/savepoints");
        cluster.set(CoreOptions.TMP_DIRS, options.directory().resolve("tmp").toString());
        cluster.set(RestOptions.BIND_PORT, "0");
        cluster.set(TaskManagerOptions.NUM_TASK_SLOTS, options.parallelism());
        // What the file's 1728 MB process gives RocksDB.
        cluster.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512));
        return cluster;
    }

    /** The harness holds our standard input open; its end means the harness is gone. */
    private static void exitWhenAbandoned() {
        Thread watch =
                new Thread(
                        () -> {
                            try {
                                while (System.in.read() >= 0) {
                                    // Nothing is ever sent.
                                }
                            } catch (IOException e) {
                                // Gone as well.
                            }
                            Runtime.getRuntime().halt(3);
                        },
                        "harness-watch");
        watch.setDaemon(true);
        watch.start();
    }
}
