package io.tidemark.bench.throughput;

import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What a throughput run may vary. */
final class ThroughputOptions {
    @Option(names = "--events", defaultValue = "300000", description = "messages in the queues")
    int events;

    @Option(
            names = "--spread-rate",
            defaultValue = "5000",
            description = "events a second in event time: how the backlog came to be")
    int spreadRate;

    @Option(names = "--symbols", defaultValue = "50", description = "how many")
    int symbols;

    @Option(names = "--checkpoint-ms", defaultValue = "1000", description = "between checkpoints")
    int checkpointMillis;

    @Option(names = "--prefetch", defaultValue = "65535", description = "of both")
    int prefetch;

    @Option(names = "--parallelism", defaultValue = "2", description = "of the job")
    int parallelism;

    @Option(
            names = "--queues-per-type",
            defaultValue = "1",
            description = "as many readers of the job too")
    int queuesPerType;

    @Option(
            names = "--at-least-once",
            description = "the job once more in each round, without aligned barriers")
    boolean atLeastOnce;

    @Option(
            names = "--drift",
            description =
                    "the job once more in each round, holding every row to a model; the other without drift")
    boolean drift;

    @Option(names = "--rounds", defaultValue = "1", description = "baseline and job in turn")
    int rounds;

    @Option(names = "--job", description = "further job setting, key=value")
    String[] jobSettings = {};

    @Option(
            names = "--flink-conf",
            defaultValue = "flink-conf",
            description = "config.yaml's place")
    Path flinkConf = Path.of("flink-conf");

    Duration checkpointInterval() {
        return Duration.ofMillis(checkpointMillis);
    }
}
