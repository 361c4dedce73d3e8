package io.tidemark.bench.engine;

import io.tidemark.features.engine.SymbolEngine;
import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.EventHeader;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a book change of 50 levels (25 a side, one in five a removal) cost the engine, on a
 * book of 200 levels a side? 1,000 of them; restoring the engine and its snapshot are in the
 * figure, spread over all.
 *
 * <p>Budget: under 5 us, 100 ns a level.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class BookDeltaBenchmark {
    private static final int DELTAS = 1_000;
    private static final int LEVELS = 200;
    private static final int CHANGED = 25;

    private final WarmEngine warm = new WarmEngine();
    private final BookUpdate[] updates = new BookUpdate[DELTAS + 1];

    @Setup
    public void makeUpdates() {
        updates[0] = update(0, BookUpdate.Kind.SNAPSHOT, LEVELS);
        for (int i = 1; i <= DELTAS; i++) {
            updates[i] = update(i, BookUpdate.Kind.DELTA, CHANGED);
        }
    }

    private BookUpdate update(int i, BookUpdate.Kind kind, int levels) {
        long time = warm.now() + i * 1_000L;
        return new BookUpdate(
                new EventHeader(WarmEngine.SYMBOL, time, time, time, time, i, "" + i, null, null),
                kind,
                LEVELS,
                10_000 + i,
                side(i, kind, levels, -1),
                side(i, kind, levels, 1));
    }

    private static double[] side(int i, BookUpdate.Kind kind, int levels, int sign) {
        double[] side = new double[2 * levels];
        int first = kind == BookUpdate.Kind.SNAPSHOT ? 0 : (i * 37) % (LEVELS - levels);
        for (int level = 0; level < levels; level++) {
            side[2 * level] = 50_000 + sign * 0.5 * (1 + first + level);
            boolean removed = kind == BookUpdate.Kind.DELTA && (i + level) % 5 == 0;
            side[2 * level + 1] = removed ? 0 : 0.001 * (1 + (i * 31 + level) % 5_000);
        }
        return side;
    }

    @Benchmark
    @OperationsPerInvocation(DELTAS)
    public SymbolEngine accept() {
        SymbolEngine engine = warm.restore();
        for (BookUpdate update : updates) {
            engine.accept(update);
        }
        return engine;
    }
}
