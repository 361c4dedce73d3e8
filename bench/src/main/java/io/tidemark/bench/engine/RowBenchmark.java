package io.tidemark.bench.engine;

import io.tidemark.features.engine.SymbolEngine;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What does one row cost, all windows full? 50 rows one second apart, which is nearly one closing
 * of a 1-m bar; restoring the engine before them is not in the figure.
 *
 * <p>Budget: 5 us of registry 1.0.0, 25 us of 2.0.0; one array and one record of allocation.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RowBenchmark {
    private static final int ROWS = 50;

    @Param({"1.0.0", "2.0.0"})
    private String registry = "1.0.0";

    private WarmEngine warm = new WarmEngine(registry);
    private SymbolEngine engine = warm.restore();

    @Setup(Level.Trial)
    public void warmUp() {
        warm = new WarmEngine(registry);
    }

    @Setup(Level.Invocation)
    public void restore() {
        engine = warm.restore();
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void row(Blackhole sink) {
        for (int i = 1; i <= ROWS; i++) {
            sink.consume(engine.rowAt(warm.now() + i * WarmEngine.SECOND));
        }
    }
}
