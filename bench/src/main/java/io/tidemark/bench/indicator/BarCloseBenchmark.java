package io.tidemark.bench.indicator;

import io.tidemark.features.bar.BarFunction;
import io.tidemark.features.bar.Bars;
import io.tidemark.features.pattern.CandlePattern;
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

/**
 * What do all 61 patterns at the newest bar cost, bar after bar, beside TA-Lib's Java port asked
 * for the same bar? Per pattern.
 *
 * <p>Budget: less than the port.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class BarCloseBenchmark {
    private static final int PATTERNS = 61;
    private static final int BARS = 4_000;
    private static final int NEWEST = 20;

    private final BarArrays arrays = BarArrays.walk(7, BARS, 12);
    private final TalibPort talib = new TalibPort(arrays, 400);
    private final Bars bars = arrays.bars(NEWEST);
    private final BarFunction[] functions = CandlePattern.values();
    private final CandlePattern[] patterns = CandlePattern.values();
    private final double[] out = new double[PATTERNS];
    private int at = NEWEST;

    @Benchmark
    @OperationsPerInvocation(PATTERNS)
    public double[] own() {
        at = at == BARS - 1 ? NEWEST : at + 1;
        bars.add(
                arrays.opens[at],
                arrays.highs[at],
                arrays.lows[at],
                arrays.closes[at],
                arrays.volumes[at]);
        for (int i = 0; i < functions.length; i++) {
            functions[i].compute(bars, out, i);
        }
        return out;
    }

    @Benchmark
    @OperationsPerInvocation(PATTERNS)
    public double[] talib() throws Throwable {
        at = at == BARS - 1 ? NEWEST : at + 1;
        for (int i = 0; i < patterns.length; i++) {
            out[i] = talib.pattern(patterns[i], at);
        }
        return out;
    }
}
