package io.tidemark.job.features;

import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.Funding;
import io.tidemark.schemas.event.Kline;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Ticker;
import io.tidemark.schemas.event.TickerField;
import io.tidemark.schemas.event.Trade;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** A vocabulary of events for tests, and seeded markets. Times are milliseconds. */
public final class Events {
    /** A grid time, 2026-08-09T12:00:00Z. */
    public static final long NOON = 1_786_276_800_000L;

    private Events() {}

    static Trade trade(String symbol, long millis, double price, double size, String id) {
        return new Trade(
                header(symbol, millis, id.hashCode() & 0xffff, id),
                price,
                size,
                id.hashCode() % 2 == 0 ? Trade.Side.BUY : Trade.Side.SELL,
                null,
                false,
                false);
    }

    static BookUpdate book(
            String symbol,
            long millis,
            BookUpdate.Kind kind,
            long u,
            double[] bids,
            double[] asks) {
        return new BookUpdate(
                header(symbol, millis, 1_000 + u, u + ":" + kind), kind, 50, u, bids, asks);
    }

    static EventHeader header(String symbol, long millis, long sequence, String id) {
        return new EventHeader(
                symbol,
                millis * 1_000,
                millis * 1_000,
                millis * 1_000 + 7,
                millis * 1_000 + 9,
                sequence,
                id,
                null,
                null);
    }

    /**
     * Events of several symbols over that many seconds from noon, in event-time order; all kinds,
     * ties included.
     */
    public static List<MarketEvent> market(long seed, int symbols, int seconds) {
        SplittableRandom random = new SplittableRandom(seed);
        List<MarketEvent> events = new ArrayList<>();
        for (int s = 0; s < symbols; s++) {
            String symbol = "SYM" + s;
            double mid = 1_000 * (s + 1);
            events.add(
                    book(
                            symbol,
                            NOON,
                            BookUpdate.Kind.SNAPSHOT,
                            10,
                            side(mid, -1, random),
                            side(mid, 1, random)));
            long u = 10;
            for (long t = NOON + 1; t < NOON + seconds * 1_000L; t += random.nextLong(1, 120)) {
                int kind = random.nextInt(20);
                if (kind < 9) {
                    double[] bid = {mid - random.nextInt(1, 8), random.nextInt(0, 4)};
                    double[] ask = {mid + random.nextInt(1, 8), random.nextInt(0, 4)};
                    events.add(book(symbol, t, BookUpdate.Kind.DELTA, ++u, bid, ask));
                } else if (kind < 18) {
                    int fills = random.nextInt(1, 4);
                    for (int i = 0; i < fills; i++) {
                        double price = mid + random.nextInt(-3, 4) * 0.1;
                        events.add(
                                trade(
                                        symbol,
                                        t,
                                        price,
                                        random.nextInt(1, 100) / 7.0,
                                        symbol + "-" + t + "-" + i));
                    }
                } else if (kind == 18) {
                    events.add(ticker(symbol, t, random.nextDouble() / 1_000));
                } else {
                    events.add(
                            random.nextBoolean()
                                    ? kline(symbol, t, mid)
                                    : funding(symbol, t, 0.0001));
                }
            }
        }
        events.sort((a, b) -> Long.compare(a.eventTimeMicros(), b.eventTimeMicros()));
        return events;
    }

    private static double[] side(double mid, int direction, SplittableRandom random) {
        double[] levels = new double[20];
        for (int i = 0; i < 10; i++) {
            levels[2 * i] = mid + direction * (i + 1);
            levels[2 * i + 1] = random.nextInt(1, 50) / 3.0;
        }
        return levels;
    }

    static Ticker ticker(String symbol, long millis, double fundingRate) {
        double[] values = new double[TickerField.values().length];
        Arrays.fill(values, Double.NaN);
        values[TickerField.FUNDING_RATE.ordinal()] = fundingRate;
        return new Ticker(
                header(symbol, millis, 0, "t" + millis),
                false,
                values,
                (NOON + 3_600_000) * 1_000,
                null,
                null);
    }

    static Kline kline(String symbol, long millis, double close) {
        long start = Math.floorDiv(millis, 60_000) * 60_000_000;
        return new Kline(
                header(symbol, millis, 0, "k" + millis),
                "1",
                start,
                start + 59_999_000,
                close,
                close,
                close,
                close,
                1,
                close,
                false);
    }

    static Funding funding(String symbol, long millis, double rate) {
        return new Funding(
                header(symbol, millis, 0, "f" + millis),
                rate,
                millis * 1_000,
                (NOON + 3_600_000) * 1_000);
    }
}
