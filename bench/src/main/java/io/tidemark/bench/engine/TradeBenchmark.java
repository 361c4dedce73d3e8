package io.tidemark.bench.engine;

import io.tidemark.features.engine.SymbolEngine;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Trade;
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
 * What does a trade cost the engine? 10,000 of them over ten seconds; restoring the engine before
 * them is in the figure, spread over all.
 *
 * <p>Budget: under 100 ns and no allocation.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class TradeBenchmark {
    private static final int TRADES = 10_000;

    private final WarmEngine warm = new WarmEngine();
    private final MarketEvent[] trades = new MarketEvent[TRADES];

    @Setup
    public void makeTrades() {
        for (int i = 0; i < TRADES; i++) {
            long time = warm.now() + i * 1_000L;
            trades[i] =
                    new Trade(
                            new EventHeader(
                                    WarmEngine.SYMBOL,
                                    time,
                                    time,
                                    time,
                                    time,
                                    i,
                                    "" + i,
                                    null,
                                    null),
                            50_000 + (i % 7) * 0.5,
                            0.001 * (1 + i % 100),
                            i % 2 == 0 ? Trade.Side.BUY : Trade.Side.SELL,
                            null,
                            false,
                            false);
        }
    }

    @Benchmark
    @OperationsPerInvocation(TRADES)
    public SymbolEngine accept() {
        SymbolEngine engine = warm.restore();
        for (MarketEvent trade : trades) {
            engine.accept(trade);
        }
        return engine;
    }
}
