package io.tidemark.bench.engine;

import io.tidemark.features.engine.SymbolEngine;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What does one row of registry 1.0.0 cost, all windows full? 50 rows one second apart; restoring
 * the engine before them is in the figure, spread over all.
 *
 * <p>Budget: under 50 us, one array and one record of allocation.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RowBenchmark {
    private static final int ROWS = 50;

    private final WarmEngine warm = new WarmEngine();

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void row(Blackhole sink) {
        SymbolEngine engine = warm.restore();
        for (int i = 1; i <= ROWS; i++) {
            sink.consume(engine.rowAt(warm.now() + i * WarmEngine.SECOND));
        }
    }
}
