package io.tidemark.features.engine;

import io.tidemark.features.book.BookChange;
import io.tidemark.features.book.BookView;
import io.tidemark.features.market.MarketState;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.event.MarketEvent;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The features of one symbol: events in {@link CanonicalOrder} in, rows at grid times out.
 *
 * <p>A row at T is a pure function of the events with time in [T - lookback, T) and of the book and
 * ticker that the chain of messages before left; its bits do not depend on when the engine began,
 * on which rows were asked for before, or on how often it was saved and restored. After a lookback
 * without any event everything is forgotten, so an idle state may be dropped.
 *
 * <p>Times are microseconds since the epoch. Not thread-safe. An event costs no allocation; a row
 * one array and one record.
 */
public final class SymbolEngine {
    private static final int FORMAT = 3;

    private final FeatureSet features;
    private final String symbol;
    private final MarketState market;
    private final FeatureMemory memory;

    private SymbolEngine(FeatureSet features, String symbol) {
        this.features = features;
        this.symbol = symbol;
        this.market = new MarketState(features.market());
        this.memory = new FeatureMemory(features, market);
    }

    /** An engine that has seen nothing. */
    public static SymbolEngine create(FeatureSet features, String symbol) {
        return new SymbolEngine(features, symbol);
    }

    /**
     * The engine that {@link #save} wrote, in this release or an earlier one. It may have been
     * saved under another feature set: book, ticker and last price go over, panes and bars of the
     * same length, values of features of the same definition; rows are {@link Completeness#WARM}
     * when all is whole again.
     *
     * @throws IOException when the bytes are no saved engine of this or an older format
     */
    public static SymbolEngine restore(FeatureSet features, String symbol, DataInput in)
            throws IOException {
        int format = in.readUnsignedByte();
        if (format < 1 || format > FORMAT) {
            throw new IOException(
                    "wanted engine state of format 1 to " + FORMAT + ", got " + format);
        }
        SymbolEngine engine = new SymbolEngine(features, symbol);
        if (format == 1) {
            engine.market.restoreFormatOne(in);
            return engine;
        }
        engine.market.restore(in, format);
        engine.memory.restore(in);
        return engine;
    }

    /**
     * Writes the state. Size: 65 bytes a pane with trades, 16 bytes a book level, 9 bytes a kept
     * value.
     */
    public void save(DataOutput out) throws IOException {
        out.writeByte(FORMAT);
        market.save(out);
        memory.save(out);
    }

    /** What the engine computes. */
    public FeatureSet features() {
        return features;
    }

    /** Whose features they are. */
    public String symbol() {
        return symbol;
    }

    /** The book as it is now, after the last event. The same object for ever. */
    public BookView book() {
        return market.book();
    }

    /**
     * Takes the next event in canonical order.
     *
     * @throws IllegalArgumentException when it is of another symbol, or older than the last event
     *     or than the time closed
     */
    public Effect accept(MarketEvent event) {
        if (!event.symbol().equals(symbol)) {
            throw new IllegalArgumentException(
                    "wanted an event of " + symbol + ", got one of " + event.symbol());
        }
        if (event.eventTimeMicros() >= memory.dueMicros()) {
            memory.advanceTo(event.eventTimeMicros());
        }
        BookChange change = market.accept(event);
        return switch (change) {
            case APPLIED -> Effect.APPLIED;
            case GAP -> Effect.BOOK_GAP;
            case MISMATCH -> Effect.BOOK_MISMATCH;
            case IGNORED -> Effect.BOOK_IGNORED;
            case RESTART -> Effect.BOOK_RESTART;
        };
    }

    /**
     * The row at T. Every event before T must have been accepted, none at or after it: that one
     * belongs to the next row.
     *
     * @param gridTimeMicros T, a multiple of the cadence, not before a time already closed
     * @throws IllegalArgumentException when T is off the grid, or an event at or after it is in
     */
    public FeatureRow rowAt(long gridTimeMicros) {
        if (Math.floorMod(gridTimeMicros, features.cadenceMicros()) != 0) {
            throw new IllegalArgumentException(
                    "wanted a multiple of the cadence, %d us, got %d"
                            .formatted(features.cadenceMicros(), gridTimeMicros));
        }
        if (market.lastEventMicros() >= gridTimeMicros) {
            throw new IllegalArgumentException(
                    "wanted a grid time after the last event, %d us, got %d"
                            .formatted(market.lastEventMicros(), gridTimeMicros));
        }
        advanceTo(gridTimeMicros);
        return new FeatureRow(
                symbol,
                gridTimeMicros,
                features.version(),
                memory.values(),
                completeness(),
                market.eventCount(),
                market.lastEventMicros());
    }

    /**
     * p(T), T being the time closed: the last trade's price before T, at most the carry old; NaN
     * when there is none, or it was forgotten with everything else.
     */
    public double price() {
        return market.price();
    }

    private int completeness() {
        return (market.tradesLive() ? Completeness.TRADES_LIVE : 0)
                | (market.bookLive() ? Completeness.BOOK_LIVE : 0)
                | (market.book().defined() ? Completeness.BOOK_VALID : 0)
                | (market.tickerLive() ? Completeness.TICKER_LIVE : 0)
                | (market.klineLive() ? Completeness.KLINE_LIVE : 0)
                | (market.warm() && market.barsFull() && memory.warm() ? Completeness.WARM : 0);
    }

    /**
     * Closes the panes that end by then without a row: no event before that time will come. Costs
     * at most the number of panes in the lookback, however long the silence.
     *
     * @throws IllegalArgumentException when that time is before a time already closed
     */
    public void advanceTo(long micros) {
        if (micros >= memory.dueMicros()) {
            memory.advanceTo(micros);
        }
        market.advanceTo(micros);
    }

    /**
     * Whether no event with time in [T - lookback, T) was accepted: then the engine knows nothing
     * at T, and may be dropped.
     */
    public boolean idleAt(long gridTimeMicros) {
        return market.lastEventMicros() < gridTimeMicros - features.lookbackMicros();
    }
}
