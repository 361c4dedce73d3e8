package io.tidemark.bench.engine;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.features.engine.SymbolEngine;
import io.tidemark.schemas.event.MarketEvent;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What does closing one grid step of one symbol cost the job, state backend aside: restore the
 * engine, 20 events of a mixed market, the row, save it again?
 *
 * <p>Budget: under 200 us, so that 50 symbols cost a core 1 % a row a second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class GridStepBenchmark {
    private final WarmEngine warm = new WarmEngine();
    private final List<MarketEvent> events = warm.following();

    @Benchmark
    public byte[] step(Blackhole sink) {
        SymbolEngine engine = warm.restore();
        for (MarketEvent event : events) {
            engine.accept(event);
        }
        FeatureRow row = engine.rowAt(warm.now() + WarmEngine.SECOND);
        sink.consume(row);
        return warm.save(engine);
    }
}
