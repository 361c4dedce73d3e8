package io.tidemark.features.market;

import io.tidemark.features.book.BookChange;
import io.tidemark.features.book.BookView;
import io.tidemark.features.book.DeepestFeed;
import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.Funding;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Ticker;
import io.tidemark.schemas.event.Trade;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The market of one symbol, moved by events in canonical order and by time. What a grid time sees
 * is a function of the events within the lookback, and of the book and ticker the chain of messages
 * left. When nothing at all came for a lookback, everything is forgotten at that grid time, book
 * and ticker too, so that it does not matter whether somebody kept the state or dropped it.
 *
 * <p>Not thread-safe. Nothing is allocated after construction but when the book grows.
 */
public final class MarketState implements MarketView {
    private final PaneGeometry geometry;
    private final PaneRings panes;
    private final DeepestFeed bookFeed;
    private final TickerState ticker = new TickerState();

    private long closedMicros = EventHeader.UNKNOWN_TIME;
    private long lastEventMicros = EventHeader.UNKNOWN_TIME;
    private long lastKlineMicros = EventHeader.UNKNOWN_TIME;
    private long lastTickerMicros = EventHeader.UNKNOWN_TIME;

    /** Nothing known. Costs about 60 bytes a pane. */
    public MarketState(PaneGeometry geometry) {
        this.geometry = geometry;
        panes = new PaneRings(geometry);
        bookFeed = new DeepestFeed(geometry.carryMicros());
    }

    /**
     * Takes an event.
     *
     * @return what it did to the book; APPLIED for every other kind
     * @throws IllegalArgumentException when it is older than the last event or than the time closed
     */
    public BookChange accept(MarketEvent event) {
        long time = event.eventTimeMicros();
        if (time < lastEventMicros || time < closedMicros) {
            throw tooOld(event);
        }
        if (panes.mustAdvanceFor(time)) {
            advanceTo(Math.floorDiv(time, geometry.paneMicros()) * geometry.paneMicros());
        }
        lastEventMicros = time;
        panes.countEvent();
        switch (event.type()) {
            case TRADE -> panes.trades().accept((Trade) event);
            case ORDERBOOK -> {
                return bookFeed.accept((BookUpdate) event);
            }
            case KLINE -> lastKlineMicros = time;
            case TICKER -> {
                ticker.accept((Ticker) event);
                lastTickerMicros = time;
            }
            case FUNDING -> {
                ticker.accept((Funding) event);
                lastTickerMicros = time;
            }
        }
        return BookChange.APPLIED;
    }

    private IllegalArgumentException tooOld(MarketEvent event) {
        return new IllegalArgumentException(
                "wanted an event at or after %d us (last event %d, closed %d), got %s %s at %d"
                        .formatted(
                                Math.max(lastEventMicros, closedMicros),
                                lastEventMicros,
                                closedMicros,
                                event.type(),
                                event.header().id(),
                                event.eventTimeMicros()));
    }

    /**
     * Closes the panes that end by then: no event before that time will come. Costs at most the
     * ring's length, however long the silence.
     *
     * @throws IllegalArgumentException when time would go back
     */
    public void advanceTo(long micros) {
        if (micros < closedMicros) {
            throw new IllegalArgumentException(
                    "wanted a time at or after " + closedMicros + " us, got " + micros);
        }
        closedMicros = micros;
        if (lastEventMicros != EventHeader.UNKNOWN_TIME
                && micros - lastEventMicros > geometry.lookbackMicros()
                && micros >= firstIdleGridTime()) {
            forget();
        }
        panes.advanceTo(micros);
    }

    private long firstIdleGridTime() {
        long cadence = geometry.cadenceMicros();
        long lastSeen = lastEventMicros + geometry.lookbackMicros();
        return (Math.floorDiv(lastSeen, cadence) + 1) * cadence;
    }

    private void forget() {
        lastEventMicros = EventHeader.UNKNOWN_TIME;
        lastKlineMicros = EventHeader.UNKNOWN_TIME;
        lastTickerMicros = EventHeader.UNKNOWN_TIME;
        panes.clear();
        bookFeed.clear();
        ticker.clear();
    }

    /** T: the time closed so far; {@link EventHeader#UNKNOWN_TIME} before the first. */
    @Override
    public long timeMicros() {
        return closedMicros;
    }

    @Override
    public TradeView trades() {
        return panes.trades();
    }

    @Override
    public SecondView seconds() {
        return panes.seconds();
    }

    @Override
    public BookView book() {
        return bookFeed.book();
    }

    @Override
    public TickerView ticker() {
        return ticker;
    }

    /** The latest event; {@link EventHeader#UNKNOWN_TIME} when none came or all is forgotten. */
    public long lastEventMicros() {
        return lastEventMicros;
    }

    /** Whether a trade within the lookback is at least the longest window of trades old. */
    public boolean warm() {
        return panes.trades().warm(geometry.longestTradeWindowMicros(), geometry.lookbackMicros());
    }

    /** Whether the book's feed spoke in [T - carry, T). */
    public boolean bookLive() {
        return isLive(bookFeed.lastTimeMicros());
    }

    /** Whether a ticker or funding message came in [T - carry, T). */
    public boolean tickerLive() {
        return isLive(lastTickerMicros);
    }

    /** Whether a kline came in [T - carry, T). */
    public boolean klineLive() {
        return isLive(lastKlineMicros);
    }

    private boolean isLive(long lastMicros) {
        return lastMicros >= closedMicros - geometry.carryMicros();
    }

    /** Events in [T - window, T). */
    public long eventCount(long windowMicros) {
        return panes.eventCount(windowMicros);
    }

    /** Writes the state: the panes that are not empty, the book, the ticker. */
    public void save(DataOutput out) throws IOException {
        out.writeLong(closedMicros);
        out.writeLong(lastEventMicros);
        out.writeLong(lastKlineMicros);
        out.writeLong(lastTickerMicros);
        bookFeed.save(out);
        ticker.save(out);
        panes.save(out);
    }

    /**
     * Reads what {@link #save} wrote, into a state that has seen nothing. Saved under another
     * geometry, the book, the ticker and the last price go over; the panes only when they are as
     * long, and as many as there are: {@link #warm} says when the windows are whole again.
     *
     * @throws IOException when it was not written by {@link #save}
     */
    public void restore(DataInput in) throws IOException {
        closedMicros = in.readLong();
        lastEventMicros = in.readLong();
        lastKlineMicros = in.readLong();
        lastTickerMicros = in.readLong();
        bookFeed.restore(in);
        ticker.restore(in);
        panes.restore(in, Math.max(closedMicros, lastEventMicros));
    }
}
