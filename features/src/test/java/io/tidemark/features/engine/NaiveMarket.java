package io.tidemark.features.engine;

import static io.tidemark.features.engine.Events.MINUTE;

import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.Funding;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Ticker;
import io.tidemark.schemas.event.TickerField;
import io.tidemark.schemas.event.Trade;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What is known at T, straight from the raw events; what every {@link NaiveFamily} asks. */
final class NaiveMarket {
    static final long CARRY = 5 * MINUTE;
    final long t;
    final List<MarketEvent> before;
    final List<Trade> trades = new ArrayList<>();
    final SortedMap<Double, Double> bids = new TreeMap<>(Comparator.reverseOrder());
    final SortedMap<Double, Double> asks = new TreeMap<>();
    double fundingRate = Double.NaN;
    long nextFunding = EventHeader.UNKNOWN_TIME;
    private final Map<Long, Double> prices = new HashMap<>();
    private boolean bookValid;

    NaiveMarket(List<MarketEvent> events, long t) {
        this.t = t;
        before = events.stream().filter(e -> e.eventTimeMicros() < t).toList();
        long updateId = 0;
        for (MarketEvent event : before) {
            if (event instanceof Trade trade) {
                trades.add(trade);
            } else if (event instanceof BookUpdate book) {
                updateId = apply(book, updateId);
            } else if (event instanceof Ticker ticker) {
                double rate = ticker.value(TickerField.FUNDING_RATE);
                fundingRate = Double.isNaN(rate) ? fundingRate : rate;
                fundingTime(ticker.nextFundingTimeMicros());
            } else if (event instanceof Funding funding) {
                fundingRate = funding.fundingRate();
                fundingTime(funding.nextFundingTimeMicros());
            }
        }
    }

    private void fundingTime(long time) {
        nextFunding = time == EventHeader.UNKNOWN_TIME ? nextFunding : time;
    }

    private long apply(BookUpdate book, long updateId) {
        boolean full = book.kind() == BookUpdate.Kind.SNAPSHOT || book.updateId() == 1;
        if (full) {
            bids.clear();
            asks.clear();
            bookValid = true;
        } else if (!bookValid || book.updateId() <= updateId) {
            return updateId;
        } else if (book.updateId() != updateId + 1) {
            bookValid = false;
            return updateId;
        }
        put(bids, book.bids());
        put(asks, book.asks());
        bookValid = NaiveChecksum.fits(book, bids, asks);
        return book.updateId();
    }

    private static void put(SortedMap<Double, Double> side, double[] pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i + 1] == 0) {
                side.remove(pairs[i]);
            } else {
                side.put(pairs[i], pairs[i + 1]);
            }
        }
    }

    boolean bookDefined() {
        return bookValid && !bids.isEmpty() && !asks.isEmpty() && bids.firstKey() < asks.firstKey();
    }

    double bid() {
        return bookDefined() ? bids.firstKey() : Double.NaN;
    }

    double ask() {
        return bookDefined() ? asks.firstKey() : Double.NaN;
    }

    /** p(time). */
    double price(long time) {
        return prices.computeIfAbsent(time, this::lastPriceBefore);
    }

    private double lastPriceBefore(long time) {
        double price = Double.NaN;
        for (Trade trade : trades) {
            if (trade.eventTimeMicros() < time) {
                price = trade.eventTimeMicros() >= time - CARRY ? trade.price() : Double.NaN;
            }
        }
        return price;
    }

    /** The trades in [T - w, T). */
    List<Trade> window(long w) {
        return trades.stream().filter(x -> x.eventTimeMicros() >= t - w).toList();
    }

    /** Whether such an event came in [T - carry, T). */
    boolean live(Predicate<MarketEvent> kind) {
        return before.stream().anyMatch(e -> e.eventTimeMicros() >= t - CARRY && kind.test(e));
    }

    /**
     * @param lookback how far back the windows of trades may look, the carry included
     * @param longest the longest window of trades
     */
    int completeness(long lookback, long longest) {
        boolean warm =
                trades.stream()
                        .anyMatch(
                                x ->
                                        x.eventTimeMicros() >= t - lookback
                                                && x.eventTimeMicros() <= t - longest);
        return (live(e -> e instanceof Trade) ? Completeness.TRADES_LIVE : 0)
                | (live(e -> e instanceof BookUpdate) ? Completeness.BOOK_LIVE : 0)
                | (bookDefined() ? Completeness.BOOK_VALID : 0)
                | (live(e -> e instanceof Ticker || e instanceof Funding)
                        ? Completeness.TICKER_LIVE
                        : 0)
                | (warm ? Completeness.WARM : 0);
    }

    long eventCount(long window) {
        return before.stream().filter(e -> e.eventTimeMicros() >= t - window).count();
    }

    long maxEventTime() {
        return before.isEmpty()
                ? EventHeader.UNKNOWN_TIME
                : before.get(before.size() - 1).eventTimeMicros();
    }
}
