package io.tidemark.job.archive;

import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.Funding;
import io.tidemark.schemas.event.Kline;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Ticker;
import io.tidemark.schemas.event.TickerField;
import io.tidemark.schemas.event.Trade;
import io.tidemark.schemas.event.Verdict;
import java.util.Arrays;

/** The n-th event of an endless sequence over all types; a quarter of a second apart. */
final class NumberedEvents {
    /** 2025-12-07T12:59:00Z: the sequence crosses an hour after 240 events. */
    static final long START = 1_765_112_340_000_000L;

    private static final EventType[] TYPES = EventType.values();

    private NumberedEvents() {}

    static ArchivedEvent archived(long n) {
        return new ArchivedEvent(event(n), n % 10 == 9 ? Verdict.LATE : Verdict.ACCEPTED);
    }

    static MarketEvent event(long n) {
        EventHeader header = header(n);
        return switch (TYPES[(int) (n % TYPES.length)]) {
            case TRADE ->
                    new Trade(header, 60_000 + n / 8.0, 0.1, Trade.Side.SELL, null, false, true);
            case ORDERBOOK ->
                    new BookUpdate(
                            header,
                            BookUpdate.Kind.DELTA,
                            50,
                            n,
                            new double[] {n, 1, n - 1, 0},
                            new double[0]);
            case KLINE ->
                    new Kline(header, "1", n, n + 1, 1, 3, 0.5, 2, 10, Double.NaN, n % 2 == 0);
            case TICKER -> {
                double[] values = new double[TickerField.values().length];
                Arrays.fill(values, Double.NaN);
                values[TickerField.MARK_PRICE.ordinal()] = n;
                yield new Ticker(header, false, values, EventHeader.UNKNOWN_TIME, null, null);
            }
            case FUNDING -> new Funding(header, -0.0, n, EventHeader.UNKNOWN_TIME);
        };
    }

    private static EventHeader header(long n) {
        long time = START + n * 250_000;
        return new EventHeader(
                n % 3 == 0 ? "ETHUSDT" : "BTCUSDT",
                time,
                time + 1,
                n % 2 == 0 ? EventHeader.UNKNOWN_TIME : time + 2,
                time + 3,
                n,
                "id-" + n,
                null,
                "trace-" + n);
    }
}
