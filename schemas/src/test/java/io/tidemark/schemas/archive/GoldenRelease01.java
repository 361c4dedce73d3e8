package io.tidemark.schemas.archive;

import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.Funding;
import io.tidemark.schemas.event.Kline;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.RejectReason;
import io.tidemark.schemas.event.RejectedMessage;
import io.tidemark.schemas.event.Ticker;
import io.tidemark.schemas.event.TickerField;
import io.tidemark.schemas.event.Trade;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What the files under {@code compat/0.1} hold. Fixed for ever: a later release adds a class and a
 * folder of its own.
 */
final class GoldenRelease01 {
    static final List<MarketEvent> EVENTS =
            List.of(
                    new Trade(full(1), 60_123.5, 0.001, Trade.Side.BUY, "PlusTick", true, true),
                    new Trade(bare(2), -0.0, 4.9e-324, Trade.Side.SELL, null, false, false),
                    new BookUpdate(
                            full(3),
                            BookUpdate.Kind.SNAPSHOT,
                            50,
                            17,
                            new double[] {60_000, 1.5, 59_999.5, 2},
                            new double[] {60_000.5, 0.25}),
                    new BookUpdate(
                            bare(4),
                            BookUpdate.Kind.DELTA,
                            0,
                            Long.MAX_VALUE,
                            new double[0],
                            new double[] {60_001, 0}),
                    new Kline(
                            full(5),
                            "1",
                            1_765_111_980_000_000L,
                            1_765_112_039_999_000L,
                            1,
                            2,
                            0.5,
                            1.5,
                            100,
                            150,
                            true),
                    new Kline(bare(6), "D", 0, 1, 1, 2, 0.5, 1.5, 100, Double.NaN, false),
                    new Ticker(
                            full(7),
                            true,
                            everyTickerField(),
                            1_765_152_000_000_000L,
                            "ZeroMinusTick",
                            "ContinuousTrading"),
                    new Ticker(
                            bare(8),
                            false,
                            onlyTheMarkPrice(),
                            EventHeader.UNKNOWN_TIME,
                            null,
                            null),
                    new Funding(full(9), 0.0001, 1_765_123_200_000_000L, 1_765_152_000_000_000L),
                    new Funding(
                            bare(10), -0.0001, EventHeader.UNKNOWN_TIME, EventHeader.UNKNOWN_TIME));

    static final List<RejectedMessage> REJECTED =
            List.of(
                    new RejectedMessage(
                            "ws-gateway.trade",
                            RejectReason.MALFORMED,
                            "wanted '}', got end of input at byte 9",
                            "{\"p\":\"1\"".getBytes(StandardCharsets.UTF_8),
                            8,
                            Map.of("event_type", "trade", "trace_id", "t-1"),
                            1_765_112_006_668_331L));

    private GoldenRelease01() {}

    private static EventHeader full(int n) {
        return new EventHeader(
                "BTCUSDT",
                1_765_112_006_668_331L + n,
                1_765_112_006_670_000L + n,
                1_765_112_006_680_000L + n,
                1_765_112_006_690_000L + n,
                1_000 + n,
                "id-" + n,
                "event-" + n,
                "trace-" + n);
    }

    private static EventHeader bare(int n) {
        return new EventHeader(
                "ETH-26SEP25", n, n, EventHeader.UNKNOWN_TIME, n, 0, "id-" + n, null, null);
    }

    private static double[] everyTickerField() {
        double[] values = new double[24];
        Arrays.setAll(values, i -> i + 0.25);
        return values;
    }

    private static double[] onlyTheMarkPrice() {
        double[] values = new double[24];
        Arrays.fill(values, Double.NaN);
        values[TickerField.MARK_PRICE.ordinal()] = 60_000;
        return values;
    }
}
