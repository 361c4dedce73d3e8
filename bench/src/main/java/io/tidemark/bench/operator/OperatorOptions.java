package io.tidemark.bench.operator;

import io.tidemark.job.features.HeapBounds;
import io.tidemark.job.registry.Registry;
import io.tidemark.schemas.registry.BuiltInRegistries;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a run of the operator may vary. Times and rates are of event time. */
final class OperatorOptions {
    @Option(names = "--symbols", defaultValue = "100", description = "how many")
    int symbols;

    @Option(names = "--rate", defaultValue = "5000", description = "events a second, of all")
    int rate;

    @Option(names = "--registry", defaultValue = "1.0.0", description = "feature registry")
    String registry = "1.0.0";

    @Option(names = "--warm-up-s", defaultValue = "60", description = "before the measurement")
    int warmUpSeconds;

    @Option(names = "--measure-s", defaultValue = "40", description = "measured")
    int measuredSeconds;

    @Option(names = "--checkpoint-s", defaultValue = "10", description = "between checkpoints")
    int checkpointSeconds;

    @Option(names = "--rounds", defaultValue = "2", description = "RocksDB and heap in turn")
    int rounds;

    @Option(names = "--engines", defaultValue = "100000", description = "heap.engines")
    int engines;

    @Option(names = "--event-bytes", defaultValue = "67108864", description = "heap.event-bytes")
    int eventBytes;

    Registry registry() {
        return Registry.of(BuiltInRegistries.yaml(registry), Optional.of(Duration.ofSeconds(1)));
    }

    HeapBounds heap() {
        return new HeapBounds(engines, eventBytes);
    }
}
