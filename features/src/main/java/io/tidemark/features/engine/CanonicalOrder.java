package io.tidemark.features.engine;

import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.Funding;
import io.tidemark.schemas.event.Kline;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Ticker;
import io.tidemark.schemas.event.Trade;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one order in which the events of a symbol are taken: event time, type, the venue's sequence,
 * for books the update id, the id. Whatever the venue leaves equal is told apart by its whole
 * content, last of all by when it was received, so that any multiset of events has one order.
 *
 * <p>Ids compare by length first: numbers without leading zeros then stand in numeric order.
 */
public final class CanonicalOrder implements Comparator<MarketEvent>, Serializable {
    private static final long serialVersionUID = 1L;

    /** The only one. */
    public static final CanonicalOrder INSTANCE = new CanonicalOrder();

    private static final Comparator<@Nullable String> TEXT =
            Comparator.nullsFirst(
                    Comparator.comparingInt(String::length)
                            .thenComparing(Comparator.<String>naturalOrder()));

    private CanonicalOrder() {}

    @Override
    public int compare(MarketEvent a, MarketEvent b) {
        EventHeader x = a.header();
        EventHeader y = b.header();
        int order = Long.compare(x.eventTimeMicros(), y.eventTimeMicros());
        if (order == 0) {
            order = a.type().compareTo(b.type());
        }
        if (order == 0) {
            order = Long.compare(x.sequence(), y.sequence());
        }
        if (order == 0 && a instanceof BookUpdate m && b instanceof BookUpdate n) {
            order = Long.compare(m.updateId(), n.updateId());
        }
        if (order == 0) {
            order = TEXT.compare(x.id(), y.id());
        }
        return order != 0 || a == b ? order : compareContent(a, b);
    }

    private static int compareContent(MarketEvent a, MarketEvent b) {
        int order =
                switch (a.type()) {
                    case TRADE -> compareTrades((Trade) a, (Trade) b);
                    case ORDERBOOK -> compareBooks((BookUpdate) a, (BookUpdate) b);
                    case KLINE -> compareKlines((Kline) a, (Kline) b);
                    case TICKER -> compareTickers((Ticker) a, (Ticker) b);
                    case FUNDING -> compareFundings((Funding) a, (Funding) b);
                };
        return order != 0 ? order : compareHeaders(a.header(), b.header());
    }

    private static int compareTrades(Trade a, Trade b) {
        return Comparator.comparingDouble(Trade::price)
                .thenComparingDouble(Trade::size)
                .thenComparing(Trade::takerSide)
                .thenComparing(Trade::tickDirection, TEXT)
                .thenComparing(Trade::blockTrade)
                .thenComparing(Trade::rpi)
                .compare(a, b);
    }

    private static int compareBooks(BookUpdate a, BookUpdate b) {
        return Comparator.comparing(BookUpdate::kind)
                .thenComparingInt(BookUpdate::depth)
                .thenComparing(BookUpdate::bids, Arrays::compare)
                .thenComparing(BookUpdate::asks, Arrays::compare)
                .thenComparingLong(BookUpdate::checksum)
                .compare(a, b);
    }

    private static int compareKlines(Kline a, Kline b) {
        return Comparator.comparing(Kline::confirm)
                .thenComparing(Kline::interval, TEXT)
                .thenComparingLong(Kline::startMicros)
                .thenComparingLong(Kline::endMicros)
                .thenComparingDouble(Kline::volume)
                .thenComparingDouble(Kline::turnover)
                .thenComparingDouble(Kline::open)
                .thenComparingDouble(Kline::high)
                .thenComparingDouble(Kline::low)
                .thenComparingDouble(Kline::close)
                .compare(a, b);
    }

    private static int compareTickers(Ticker a, Ticker b) {
        // A snapshot before a change: the change builds on it.
        return Comparator.comparing((Ticker t) -> !t.snapshot())
                .thenComparing(Ticker::values, Arrays::compare)
                .thenComparingLong(Ticker::nextFundingTimeMicros)
                .thenComparing(Ticker::tickDirection, TEXT)
                .thenComparing(Ticker::preListingPhase, TEXT)
                .compare(a, b);
    }

    private static int compareFundings(Funding a, Funding b) {
        return Comparator.comparingLong(Funding::fundingTimeMicros)
                .thenComparingLong(Funding::nextFundingTimeMicros)
                .thenComparingDouble(Funding::fundingRate)
                .compare(a, b);
    }

    private static int compareHeaders(EventHeader a, EventHeader b) {
        int order = Objects.compare(a.symbol(), b.symbol(), TEXT);
        if (order == 0) {
            order = Long.compare(a.messageTimeMicros(), b.messageTimeMicros());
        }
        if (order == 0) {
            order = Objects.compare(a.eventId(), b.eventId(), TEXT);
        }
        if (order == 0) {
            order = Objects.compare(a.traceId(), b.traceId(), TEXT);
        }
        if (order == 0) {
            order = Long.compare(a.receivedMicros(), b.receivedMicros());
        }
        return order != 0 ? order : Long.compare(a.ingestedMicros(), b.ingestedMicros());
    }

    private Object readResolve() {
        return INSTANCE;
    }
}
