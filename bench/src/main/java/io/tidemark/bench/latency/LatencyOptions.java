package io.tidemark.bench.latency;

import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What a latency run may vary. */
final class LatencyOptions {
    @Option(names = "--rate", defaultValue = "1000", description = "events a second")
    int rate;

    @Option(names = "--symbols", defaultValue = "50", description = "how many")
    int symbols;

    @Option(names = "--cadence-ms", defaultValue = "1000", description = "between rows")
    int cadenceMillis;

    @Option(names = "--checkpoint-ms", defaultValue = "10000", description = "between checkpoints")
    int checkpointMillis;

    @Option(names = "--lateness-ms", defaultValue = "20", description = "source.lateness")
    int latenessMillis;

    @Option(names = "--prefetch", defaultValue = "65535", description = "source.max-unacknowledged")
    int prefetch;

    @Option(names = "--parallelism", defaultValue = "2", description = "of the job")
    int parallelism;

    @Option(
            names = "--warm-up-s",
            defaultValue = "60",
            description = "seconds not measured; the JIT of two cores needs most of a minute")
    int warmUpSeconds;

    @Option(names = "--measure-s", defaultValue = "60", description = "seconds measured")
    int measureSeconds;

    @Option(names = "--poll-us", defaultValue = "2000", description = "pause between two looks")
    int pollMicros;

    @Option(
            names = "--prove",
            description =
                    "freeze the job for 1.2 s in the second half; fails when the figures hide it")
    boolean prove;

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

    long cadenceMicros() {
        return cadenceMillis * 1_000L;
    }
}
