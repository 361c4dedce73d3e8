package io.tidemark.bench.engine;

import io.tidemark.features.book.OrderBook;
import io.tidemark.features.engine.SymbolEngine;
import io.tidemark.schemas.event.BookUpdate;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
 * What does a book change cost, the book alone and the engine? 1,000 of them on a full book, which
 * is in the figure, spread over all; so is, for the engine, restoring it.
 *
 * <p>Budget: 400 ns a change, nothing allocated.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class BookDeltaBenchmark {
    private static final int CHANGES = 1_000;

    @Param({"NEAR", "WIDE", "RUN"})
    private DeltaShape shape = DeltaShape.NEAR;

    /** Levels a side. */
    @Param({"50", "200", "500"})
    private int depth = 50;

    private final WarmEngine warm = new WarmEngine();
    private final OrderBook book = new OrderBook();
    private BookUpdate[] messages = {};

    @Setup
    public void makeMessages() {
        messages =
                BookMessages.of(shape, depth, WarmEngine.SYMBOL, warm.now(), CHANGES)
                        .toArray(new BookUpdate[0]);
    }

    @Benchmark
    @OperationsPerInvocation(CHANGES)
    public void book(Blackhole sink) {
        for (BookUpdate message : messages) {
            book.apply(message);
            sink.consume(book.bestBid());
        }
    }

    @Benchmark
    @OperationsPerInvocation(CHANGES)
    public SymbolEngine engine() {
        SymbolEngine engine = warm.restore();
        for (BookUpdate message : messages) {
            engine.accept(message);
        }
        return engine;
    }
}
