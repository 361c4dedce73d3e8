package io.tidemark.bench.replay;

import io.tidemark.job.archive.ArchivedEvent;
import io.tidemark.job.archive.RawArchive;
import io.tidemark.job.events.EventTypes;
import io.tidemark.local.simulator.MarketSimulator;
import io.tidemark.local.simulator.SimulatorSettings;
import io.tidemark.schemas.event.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Writes a raw archive of days of a simulated market in minutes, by the sink of the stream: the
 * same folders, columns and codec; files as large as a checkpoint of the writing makes them.
 */
@Command(name = "archive", mixinStandardHelpOptions = true, sortOptions = false)
public final class SimulatedArchive implements Callable<Integer> {
    private static final long HOUR_MICROS = 3_600_000_000L;

    @Option(names = "--out", required = true, description = "the archive's root")
    private String out = "";

    @Option(names = "--days", description = "of market", defaultValue = "1")
    private int days;

    @Option(names = "--rate", description = "events a second", defaultValue = "8")
    private double rate;

    @Option(
            names = "--symbols",
            split = ",",
            description = "of the market",
            defaultValue = "BTCUSDT")
    private List<String> symbols = List.of();

    @Option(names = "--from", description = "its first day", defaultValue = "2026-08-01T00:00:00Z")
    private Instant from = Instant.EPOCH;

    public static void main(String[] args) {
        System.exit(new CommandLine(new SimulatedArchive()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(2));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
        long start = ChronoUnit.MICROS.between(Instant.EPOCH, from);
        environment
                .fromSource(
                        new NumberSequenceSource(0, days * 24L - 1),
                        WatermarkStrategy.noWatermarks(),
                        "hours")
                .uid("hours")
                .flatMap(new Hours(symbols, rate, start))
                .returns(EventTypes.ARCHIVED)
                .uid("market")
                .sinkTo(RawArchive.sink(new Path(out)))
                .uid("raw-archive");
        long began = System.nanoTime();
        environment.execute("archive");
        System.out.printf("%d days in %.0f s%n", days, (System.nanoTime() - began) / 1e9);
        return 0;
    }

    /** The events of each hour, which must come in order. */
    private static final class Hours implements FlatMapFunction<Long, ArchivedEvent> {
        private static final long serialVersionUID = 1L;

        private final ArrayList<String> symbols;
        private final double rate;
        private final long start;
        private transient @Nullable MarketSimulator simulator;

        Hours(List<String> symbols, double rate, long start) {
            this.symbols = new ArrayList<>(symbols);
            this.rate = rate;
            this.start = start;
        }

        @Override
        public void flatMap(Long hour, Collector<ArchivedEvent> out) {
            if (simulator == null) {
                simulator = new MarketSimulator(new SimulatorSettings(symbols, rate, 1), start);
            }
            long end = start + (hour + 1) * HOUR_MICROS;
            while (simulator.nextTimeMicros() < end) {
                out.collect(new ArchivedEvent(simulator.next(), Verdict.ACCEPTED));
            }
        }
    }
}
