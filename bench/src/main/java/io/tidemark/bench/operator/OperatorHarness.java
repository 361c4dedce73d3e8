package io.tidemark.bench.operator;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.job.features.SymbolFeatures;
import io.tidemark.job.registry.ActiveRegistry;
import io.tidemark.schemas.event.MarketEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * What does the feature operator cost on RocksDB, beside itself on the heap backend and beside an
 * engine in a value state written per event; and what do its checkpoints cost? All in one run, with
 * the same events.
 */
@Command(name = "operator", mixinStandardHelpOptions = true, sortOptions = false)
public final class OperatorHarness implements Callable<Integer> {
    private static final double BASELINE_SECONDS = 5;

    @Mixin private OperatorOptions options = new OperatorOptions();

    public static void main(String[] args) {
        System.exit(new CommandLine(new OperatorHarness()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        System.out.printf(
                Locale.ROOT,
                "%d symbols, %d events/s, registry %s, %d + %d s of market%n%n"
                        + "| | events/s of CPU | rows/s of CPU | us of CPU an event |%n|---|---|---|---|%n",
                options.symbols,
                options.rate,
                options.registry,
                options.warmUpSeconds,
                options.measuredSeconds);
        List<OperatorRun.Checkpoint> checkpoints = new ArrayList<>();
        for (int round = 0; round < options.rounds; round++) {
            // What runs first in a JVM also pays for its compilation: compare within later rounds.
            features("RocksDB", rocks(), checkpoints);
            features("heap backend", new HashMapStateBackend(), new ArrayList<>());
        }
        perEvent();
        System.out.printf(
                Locale.ROOT,
                "%ncheckpoints on RocksDB, every %d s of market%n%n"
                        + "| sync ms | async ms | MB written | MB in all | bytes a symbol |%n|---|---|---|---|---|%n",
                options.checkpointSeconds);
        for (OperatorRun.Checkpoint one : checkpoints) {
            System.out.printf(
                    Locale.ROOT,
                    "| %.1f | %.1f | %.2f | %.2f | %d |%n",
                    one.syncMillis(),
                    one.asyncMillis(),
                    one.writtenBytes() / 1e6,
                    one.stateBytes() / 1e6,
                    one.stateBytes() / options.symbols);
        }
        return 0;
    }

    private void features(
            String name, StateBackend backend, List<OperatorRun.Checkpoint> checkpoints)
            throws Exception {
        var operator =
                new SymbolFeatures(
                        ActiveRegistry.unstored(options.registry()),
                        Duration.ofHours(1),
                        options.heap(),
                        answer -> {});
        inDirectory(
                operator,
                backend,
                run -> {
                    double cpu = 0;
                    double wall = 0;
                    long rows = 0;
                    int seconds = options.warmUpSeconds + options.measuredSeconds;
                    for (int second = 0; second < seconds; second++) {
                        OperatorRun.Cost cost = run.second();
                        boolean measured = second >= options.warmUpSeconds;
                        if (measured) {
                            cpu += cost.cpuSeconds();
                            wall += cost.wallSeconds();
                            rows += cost.rows();
                        }
                        if ((second + 1) % options.checkpointSeconds == 0) {
                            OperatorRun.Checkpoint checkpoint = run.checkpoint();
                            if (measured) {
                                checkpoints.add(checkpoint);
                            }
                        }
                    }
                    report(
                            name,
                            new OperatorRun.Cost(
                                    (long) options.rate * options.measuredSeconds,
                                    rows,
                                    cpu,
                                    wall));
                });
    }

    private void perEvent() throws Exception {
        PerEventState operator = new PerEventState(options.registry());
        inDirectory(
                operator,
                rocks(),
                run -> {
                    for (int second = 0; second < options.warmUpSeconds; second++) {
                        run.second();
                    }
                    long bytes = operator.settle();
                    run.eventsFor(BASELINE_SECONDS);
                    report(
                            "value state of %,d bytes written per event".formatted(bytes),
                            run.eventsFor(BASELINE_SECONDS));
                });
    }

    /**
     * With memory of its own: the test harness manages 3 MB, so that every write would flush a
     * memory table, for milliseconds.
     */
    private static EmbeddedRocksDBStateBackend rocks() {
        EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend(true);
        backend.getMemoryConfiguration().setUseManagedMemory(false);
        return backend;
    }

    private interface Work {
        void with(OperatorRun run) throws Exception;
    }

    private void inDirectory(
            OneInputStreamOperator<MarketEvent, FeatureRow> operator,
            StateBackend backend,
            Work work)
            throws Exception {
        Path directory = Files.createTempDirectory("tidemark-operator");
        try (OperatorRun run = new OperatorRun(operator, backend, options, directory)) {
            work.with(run);
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void report(String name, OperatorRun.Cost cost) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %,.0f | %,.0f | %.2f |%n",
                name,
                cost.events() / cost.cpuSeconds(),
                cost.rows() / cost.cpuSeconds(),
                cost.cpuSeconds() * 1e6 / cost.events());
    }
}
