package io.tidemark.features.market;

import io.tidemark.features.bar.BarStores;
import io.tidemark.features.bar.BarView;
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
import org.jspecify.annotations.Nullable;

/**
 * The market of one symbol, moved by events in canonical order and by time. What a grid time sees
 * is a function of the events within the lookback, and of the book and ticker the chain of messages
 * left. When nothing at all came for a lookback, everything is forgotten at that grid time, book
 * and ticker too, so that it does not matter whether somebody kept the state or dropped it.
 *
 * <p>Not thread-safe. Nothing is allocated after construction but when the book grows.
 */
public final class MarketState {
    private final MarketPlan plan;
    private final TradeCuts trades;
    private final BarStores bars;
    private final GridCount events;
    private final DeepestFeed bookFeed;
    private final TickerState ticker = new TickerState();

    private long closedMicros = EventHeader.UNKNOWN_TIME;
    private long lastEventMicros = EventHeader.UNKNOWN_TIME;
    private long lastKlineMicros = EventHeader.UNKNOWN_TIME;
    private long lastTickerMicros = EventHeader.UNKNOWN_TIME;

    /** An event at or after that time closes a pane or a step first. */
    private long openEndMicros = EventHeader.UNKNOWN_TIME;

    /** Nothing known. Costs about 80 bytes a pane. */
    public MarketState(MarketPlan plan) {
        this.plan = plan;
        bars = new BarStores(plan.bars(), plan.carryMicros());
        events = new GridCount(plan.cadenceMicros());
        bookFeed = new DeepestFeed(plan.carryMicros());
        trades = new TradeCuts(plan.trades(), bookFeed);
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
        if (time >= openEndMicros) {
            forgetIfIdle(time);
            closeThrough(time);
        }
        lastEventMicros = time;
        events.add(1);
        switch (event.type()) {
            case TRADE -> accept((Trade) event);
            case ORDERBOOK -> {
                BookChange change = bookFeed.accept((BookUpdate) event);
                trades.accept(change);
                return change;
            }
            case KLINE -> lastKlineMicros = time;
            case TICKER -> {
                ticker.accept((Ticker) event);
                trades.accept(ticker, time);
                lastTickerMicros = time;
            }
            case FUNDING -> {
                ticker.accept((Funding) event);
                lastTickerMicros = time;
            }
        }
        return BookChange.APPLIED;
    }

    private void accept(Trade trade) {
        trades.accept(trade);
        bars.accept(trade.price(), trade.size(), trade.eventTimeMicros());
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
        forgetIfIdle(micros);
        closeThrough(micros);
    }

    private void closeThrough(long micros) {
        trades.advanceTo(micros);
        bars.advanceTo(micros);
        events.advanceTo(micros);
        openEndMicros = Math.min(trades.openEndMicros(), events.openEndMicros());
    }

    private void forgetIfIdle(long micros) {
        if (micros >= idleFromMicros()) {
            forget();
        }
    }

    /**
     * The grid time at which everything is forgotten should no event come before; {@link
     * Long#MAX_VALUE} when nothing is known.
     */
    public long idleFromMicros() {
        if (lastEventMicros == EventHeader.UNKNOWN_TIME) {
            return Long.MAX_VALUE;
        }
        long lastSeen = lastEventMicros + plan.lookbackMicros();
        return (Math.floorDiv(lastSeen, plan.cadenceMicros()) + 1) * plan.cadenceMicros();
    }

    private void forget() {
        lastEventMicros = EventHeader.UNKNOWN_TIME;
        lastKlineMicros = EventHeader.UNKNOWN_TIME;
        lastTickerMicros = EventHeader.UNKNOWN_TIME;
        trades.clear();
        bars.clear();
        events.clear();
        bookFeed.clear();
        ticker.clear();
    }

    /**
     * Goes back to before all time, so that the silence before a first event can be looked at.
     *
     * @throws IllegalStateException when something is known
     */
    public void rewind() {
        if (lastEventMicros != EventHeader.UNKNOWN_TIME) {
            throw new IllegalStateException("wanted a market without events to rewind");
        }
        closedMicros = EventHeader.UNKNOWN_TIME;
        forget();
    }

    /**
     * What a kernel sees, now and after every later event.
     *
     * @param cut which of the plan's cuts of the trades it reads
     * @param series the values of earlier features by position; null where nobody asks
     */
    public MarketView view(int cut, @Nullable FeatureSeries[] series) {
        return new View(cut, series);
    }

    private final class View implements MarketView {
        private final TradeView ownTrades;
        private final SecondView ownSeconds;
        private final PathView ownPaths;
        private final @Nullable FeatureSeries[] series;

        View(int cut, @Nullable FeatureSeries[] series) {
            ownTrades = trades.trades(cut);
            ownSeconds = trades.seconds(cut);
            ownPaths = trades.paths(cut);
            this.series = series;
        }

        @Override
        public long timeMicros() {
            return closedMicros;
        }

        @Override
        public TradeView trades() {
            return ownTrades;
        }

        @Override
        public SecondView seconds() {
            return ownSeconds;
        }

        @Override
        public PathView paths() {
            return ownPaths;
        }

        @Override
        public BarView bars(long barMicros) {
            return bars.bars(barMicros);
        }

        @Override
        public BookView book() {
            return bookFeed.book();
        }

        @Override
        public TickerView ticker() {
            return ticker;
        }

        @Override
        public SeriesView series(int feature) {
            FeatureSeries found = series[feature];
            if (found == null) {
                throw new IllegalArgumentException("nothing is kept of feature " + feature);
            }
            return found;
        }
    }

    /** T: the time closed so far; {@link EventHeader#UNKNOWN_TIME} before the first. */
    public long timeMicros() {
        return closedMicros;
    }

    /** The book after the last event. The same object for ever. */
    public BookView book() {
        return bookFeed.book();
    }

    /** The time of the last event or the time closed, whichever is later. */
    public long reachedMicros() {
        return Math.max(closedMicros, lastEventMicros);
    }

    /** The latest event; {@link EventHeader#UNKNOWN_TIME} when none came or all is forgotten. */
    public long lastEventMicros() {
        return lastEventMicros;
    }

    /** p(T): the last price before T, at most the carry old; NaN when there is none. */
    public double price() {
        return trades.price();
    }

    /** Whether a trade came in [T - carry, T). */
    public boolean tradesLive() {
        return trades.live();
    }

    /** Whether a trade within the lookback is at least the longest window of trades old. */
    public boolean warm() {
        return trades.warm();
    }

    /** Whether no bar of any lookback is undefined. */
    public boolean barsFull() {
        return bars.full();
    }

    /** The same of one cut of the trades and its windows. */
    public boolean warm(int cut) {
        return trades.warm(cut);
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
        return lastMicros >= closedMicros - plan.carryMicros();
    }

    /** Events in [T - cadence, T). */
    public long eventCount() {
        return events.closed();
    }

    /** Writes the state: the panes that are not empty, the book, the ticker. */
    public void save(DataOutput out) throws IOException {
        out.writeLong(plan.carryMicros());
        out.writeLong(closedMicros);
        out.writeLong(lastEventMicros);
        out.writeLong(lastKlineMicros);
        out.writeLong(lastTickerMicros);
        bookFeed.save(out);
        ticker.save(out);
        events.save(out);
        trades.save(out);
        bars.save(out);
    }

    /**
     * Reads what {@link #save} wrote, into a state that has seen nothing. Saved under another plan,
     * the book, the ticker and the last price go over; the panes only when they are as long, and as
     * many as there are: {@link #warm} says when the windows are whole again. The count of the open
     * step is lost with another cadence, the bars with another carry.
     *
     * @param format of the engine's image, 2 or 3
     * @throws IOException when it was not written by {@link #save}
     */
    public void restore(DataInput in, int format) throws IOException {
        boolean sameCarry = format < 3 || in.readLong() == plan.carryMicros();
        restoreNow(in);
        events.restore(in);
        trades.restore(in, format, sameCarry, reachedMicros());
        bars.restore(in, sameCarry, reachedMicros());
        goOn();
    }

    /**
     * Reads what releases up to 0.1 wrote.
     *
     * @throws IOException when they did not
     */
    public void restoreFormatOne(DataInput in) throws IOException {
        restoreNow(in);
        trades.restoreFormatOne(in, events, reachedMicros());
        bars.beginWithin(reachedMicros());
        goOn();
    }

    private void restoreNow(DataInput in) throws IOException {
        closedMicros = in.readLong();
        lastEventMicros = in.readLong();
        lastKlineMicros = in.readLong();
        lastTickerMicros = in.readLong();
        bookFeed.restore(in);
        ticker.restore(in);
    }

    private void goOn() {
        if (reachedMicros() != EventHeader.UNKNOWN_TIME) {
            closeThrough(reachedMicros());
        }
    }
}
