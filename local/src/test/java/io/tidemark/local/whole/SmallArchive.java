package io.tidemark.local.whole;

import io.tidemark.job.archive.ArchivedEvent;
import io.tidemark.job.archive.RawArchive;
import io.tidemark.job.events.EventTypes;
import io.tidemark.local.simulator.MarketSimulator;
import io.tidemark.local.simulator.SimulatorSettings;
import io.tidemark.schemas.event.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A raw archive of a simulated market, written by the sink of the stream. */
final class SmallArchive {
    private SmallArchive() {}

    /** Events of BTCUSDT, so many a second, from a time to another. */
    static void write(Path root, Instant from, Duration length, double rate) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
        long start = ChronoUnit.MICROS.between(Instant.EPOCH, from);
        long end = start + length.toNanos() / 1_000;
        environment
                .fromSource(
                        new NumberSequenceSource(0, 0), WatermarkStrategy.noWatermarks(), "once")
                .uid("once")
                .<ArchivedEvent>flatMap(
                        (one, out) -> {
                            MarketSimulator market =
                                    new MarketSimulator(
                                            new SimulatorSettings(
                                                    new ArrayList<>(List.of("BTCUSDT")), rate, 1),
                                            start);
                            while (market.nextTimeMicros() < end) {
                                out.collect(new ArchivedEvent(market.next(), Verdict.ACCEPTED));
                            }
                        })
                .returns(EventTypes.ARCHIVED)
                .uid("market")
                .sinkTo(RawArchive.sink(new org.apache.flink.core.fs.Path(root.toUri())))
                .uid("raw-archive");
        environment.execute("archive");
    }
}
