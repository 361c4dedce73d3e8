package io.tidemark.schemas.archive;

import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.Funding;
import io.tidemark.schemas.event.Kline;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.RejectReason;
import io.tidemark.schemas.event.RejectedMessage;
import io.tidemark.schemas.event.Ticker;
import io.tidemark.schemas.event.TickerField;
import io.tidemark.schemas.event.Trade;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Events with every kind of value a record can hold, odd ones often; a function of the seed. */
final class RandomEvents {
    private static final long[] ODD_TIMES = {
        0, -1, 1, -999_999, 999_999, Long.MIN_VALUE + 1, Long.MAX_VALUE
    };
    private static final double[] ODD_NUMBERS = {
        0.0,
        -0.0,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        0.1,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
    };
    private static final String[] TEXTS = {"", "x", "PlusTick", "é", "€", "\uD83D\uDE00", "\u0000"};

    private final SplittableRandom random;

    RandomEvents(long seed) {
        random = new SplittableRandom(seed);
    }

    MarketEvent event(EventType type) {
        return switch (type) {
            case TRADE ->
                    new Trade(
                            header(),
                            number(),
                            number(),
                            random.nextBoolean() ? Trade.Side.BUY : Trade.Side.SELL,
                            textOrNull(),
                            random.nextBoolean(),
                            random.nextBoolean());
            case ORDERBOOK ->
                    new BookUpdate(
                            header(),
                            random.nextBoolean() ? BookUpdate.Kind.SNAPSHOT : BookUpdate.Kind.DELTA,
                            random.nextInt(1001),
                            random.nextLong(),
                            numbers(2 * random.nextInt(4)),
                            numbers(2 * random.nextInt(4)),
                            random.nextBoolean() ? random.nextInt() : BookUpdate.NO_CHECKSUM);
            case KLINE ->
                    new Kline(
                            header(),
                            "1",
                            time(),
                            time(),
                            number(),
                            number(),
                            number(),
                            number(),
                            number(),
                            numberOrNaN(),
                            random.nextBoolean());
            case TICKER -> ticker();
            case FUNDING -> new Funding(header(), number(), timeOrUnknown(), timeOrUnknown());
        };
    }

    RejectedMessage rejected() {
        byte[] body = new byte[random.nextInt(20)];
        random.nextBytes(body);
        Map<String, String> headers = new HashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            headers.put("h" + i, text());
        }
        RejectReason[] reasons = RejectReason.values();
        return new RejectedMessage(
                "ws-gateway.trade",
                reasons[random.nextInt(reasons.length)],
                text(),
                body,
                random.nextInt(),
                headers,
                time());
    }

    private Ticker ticker() {
        double[] values = new double[TickerField.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = numberOrNaN();
        }
        return new Ticker(
                header(),
                random.nextBoolean(),
                values,
                timeOrUnknown(),
                textOrNull(),
                textOrNull());
    }

    private EventHeader header() {
        return new EventHeader(
                "BTC-" + random.nextInt(100),
                time(),
                time(),
                timeOrUnknown(),
                time(),
                random.nextLong(),
                "id" + text(),
                textOrNull(),
                textOrNull());
    }

    private long time() {
        return random.nextInt(4) == 0
                ? ODD_TIMES[random.nextInt(ODD_TIMES.length)]
                : 1_765_000_000_000_000L + random.nextLong(1_000_000_000_000L);
    }

    private long timeOrUnknown() {
        return random.nextInt(4) == 0 ? EventHeader.UNKNOWN_TIME : time();
    }

    private double number() {
        return random.nextInt(4) == 0
                ? ODD_NUMBERS[random.nextInt(ODD_NUMBERS.length)]
                : random.nextDouble() * 100_000;
    }

    private double numberOrNaN() {
        return random.nextInt(3) == 0 ? Double.NaN : number();
    }

    private double[] numbers(int count) {
        double[] result = new double[count];
        for (int i = 0; i < count; i++) {
            result[i] = number();
        }
        return result;
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    private @Nullable String textOrNull() {
        return random.nextInt(3) == 0 ? null : text();
    }
}
