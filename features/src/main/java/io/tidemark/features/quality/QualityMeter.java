package io.tidemark.features.quality;

import io.tidemark.features.book.OrderBook;
import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.Kline;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Ticker;
import io.tidemark.schemas.event.TickerField;
import io.tidemark.schemas.event.Trade;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Measures one symbol's events of one type, given in canonical order, each once. Of what came
 * before its first event it knows nothing: a gap, a silence or a spike there is not seen, and a
 * price is judged from the {@link RobustWindow#WARM}th on.
 *
 * <p>O(N) for a price, N = {@link RobustWindow#SIZE}; a book costs what {@link OrderBook} does. Not
 * thread-safe.
 */
public final class QualityMeter {
    /** From so many robust standard deviations on a price is a spike. */
    public static final double SPIKE = 10;

    private static final long MINUTE = 60_000_000;
    private static final long SECOND = 1_000_000;

    private final String symbol;
    private final EventType type;
    private final RobustWindow prices = new RobustWindow();
    private final Map<Integer, OrderBook> books = new HashMap<>();
    private final Map<Integer, Long> updateIds = new HashMap<>();
    private final Map<String, Long> candles = new HashMap<>();
    private final List<MinuteQuality> done = new ArrayList<>();
    private @Nullable MarketEvent last;
    private long latestArrival = Long.MIN_VALUE;
    private @Nullable MinuteTally minute;

    public QualityMeter(String symbol, EventType type) {
        this.symbol = symbol;
        this.type = type;
    }

    /** How long a feed of that type may be silent before that is told; 0: for ever. */
    public static long usualSilenceMicros(EventType type) {
        return switch (type) {
            case TRADE, TICKER -> 60 * SECOND;
            case ORDERBOOK -> 10 * SECOND;
            case KLINE -> 120 * SECOND;
            case FUNDING -> 0;
        };
    }

    /** Takes the next event, not before the last one. */
    public void take(MarketEvent event) {
        EventHeader header = event.header();
        long begin = Math.floorDiv(header.eventTimeMicros(), MINUTE) * MINUTE;
        MinuteTally into = minute;
        if (into == null || into.begin != begin) {
            drain();
            into = new MinuteTally(begin);
            minute = into;
        }
        into.messages++;
        clocks(header, into);
        silence(header, into);
        numbering(event, into);
        if (repeats(event)) {
            into.repeats++;
        } else {
            // A price said again is no price more: after a frozen feed any would be a spike.
            price(event, into);
        }
        last = event;
    }

    /** What was measured since the last call, the minute not ended yet included. */
    public List<MinuteQuality> measured() {
        drain();
        List<MinuteQuality> measured = List.copyOf(done);
        done.clear();
        return measured;
    }

    private void drain() {
        if (minute != null) {
            done.add(minute.quality(symbol, type));
            minute = null;
        }
    }

    private void clocks(EventHeader header, MinuteTally into) {
        boolean known = header.receivedMicros() != EventHeader.UNKNOWN_TIME;
        long arrival = known ? header.receivedMicros() : header.ingestedMicros();
        if (arrival < latestArrival) {
            into.overtaken++;
        }
        latestArrival = Math.max(latestArrival, arrival);
        if (known) {
            into.delay(header.receivedMicros() - header.eventTimeMicros());
        }
    }

    private void silence(EventHeader header, MinuteTally into) {
        long usual = usualSilenceMicros(type);
        MarketEvent before = last;
        if (before == null || usual == 0) {
            return;
        }
        long silent = header.eventTimeMicros() - before.eventTimeMicros();
        if (silent > usual) {
            into.silences++;
            into.silentMicros += silent;
        }
    }

    private void numbering(MarketEvent event, MinuteTally into) {
        if (event instanceof BookUpdate update) {
            Long before = updateIds.get(update.depth());
            boolean full = update.kind() == BookUpdate.Kind.SNAPSHOT || update.updateId() == 1;
            if (before != null && !full && update.updateId() > before + 1) {
                into.gap(update.updateId() - before - 1);
            }
            if (before == null || full || update.updateId() > before) {
                updateIds.put(update.depth(), update.updateId());
            }
            OrderBook book = books.computeIfAbsent(update.depth(), depth -> new OrderBook());
            book.apply(update);
            into.crossed += book.valid() && book.crossed() ? 1 : 0;
        }
        if (event instanceof Kline kline) {
            Long before = candles.get(kline.interval());
            long length = kline.endMicros() - kline.startMicros();
            if (before != null && length > 0) {
                // The venue's end is its last instant, inclusive.
                long skipped = Math.round((double) (kline.startMicros() - before) / length) - 1;
                if (skipped > 0) {
                    into.gap(skipped);
                }
            }
            if (before == null || kline.startMicros() > before) {
                candles.put(kline.interval(), kline.startMicros());
            }
        }
    }

    /** Whether a full message says what the one before said: of a frozen feed, each does. */
    private boolean repeats(MarketEvent event) {
        if (last instanceof Ticker one && event instanceof Ticker other) {
            return one.snapshot()
                    && other.snapshot()
                    && Arrays.equals(one.values(), other.values());
        }
        return last instanceof BookUpdate one
                && event instanceof BookUpdate other
                && one.kind() == BookUpdate.Kind.SNAPSHOT
                && other.kind() == BookUpdate.Kind.SNAPSHOT
                && one.depth() == other.depth()
                && Arrays.equals(one.bids(), other.bids())
                && Arrays.equals(one.asks(), other.asks());
    }

    private void price(MarketEvent event, MinuteTally into) {
        double price = priceOf(event);
        if (!Double.isFinite(price)) {
            return;
        }
        double score = prices.scoreThenAdd(price);
        if (score > SPIKE) {
            into.spikes++;
            into.worstSpike = Math.max(into.worstSpike, score);
        }
    }

    /** The price an event tells; NaN when it tells none. */
    public static double priceOf(MarketEvent event) {
        if (event instanceof Trade trade) {
            return trade.price();
        }
        if (event instanceof Kline kline) {
            return kline.close();
        }
        if (event instanceof Ticker ticker) {
            return ticker.values()[TickerField.LAST_PRICE.ordinal()];
        }
        return Double.NaN;
    }
}
