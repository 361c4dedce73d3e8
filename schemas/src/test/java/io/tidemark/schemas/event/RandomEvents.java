package io.tidemark.schemas.event;

import static io.tidemark.schemas.event.EventHeader.UNKNOWN_TIME;

import io.tidemark.schemas.wire.EventIds;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Events a decoder could have made, drawn from a seed; for tests of this and other packages. */
public final class RandomEvents {
    private static final String[] SYMBOLS = {"BTCUSDT", "SOLUSDT", "BTC-26SEP25", "BTCUSD_PERP"};
    private static final String[] INTERVALS = {"1", "3", "60", "720", "D", "W"};
    private static final String[] TICKS = {
        "PlusTick", "ZeroPlusTick", "MinusTick", "ZeroMinusTick"
    };

    private final SplittableRandom random;

    /** Events of that seed. */
    public RandomEvents(long seed) {
        random = new SplittableRandom(seed);
    }

    /** The next event of that kind. */
    public MarketEvent next(EventType type) {
        return switch (type) {
            case TRADE -> trade();
            case ORDERBOOK -> book();
            case KLINE -> kline();
            case TICKER -> ticker();
            case FUNDING -> funding();
        };
    }

    private Trade trade() {
        boolean numeric = random.nextBoolean();
        String id = numeric ? Long.toString(random.nextLong(1L << 62)) : uuid();
        return new Trade(
                header(millis(), sequence(), id),
                price(),
                size(),
                random.nextBoolean() ? Trade.Side.BUY : Trade.Side.SELL,
                random.nextBoolean() ? TICKS[random.nextInt(4)] : null,
                random.nextBoolean(),
                random.nextBoolean());
    }

    private BookUpdate book() {
        BookUpdate.Kind kind =
                random.nextBoolean() ? BookUpdate.Kind.SNAPSHOT : BookUpdate.Kind.DELTA;
        int depth = new int[] {0, 1, 50, 200, 1000}[random.nextInt(5)];
        long updateId = random.nextLong(1, 1L << 40);
        long sequence = sequence();
        return new BookUpdate(
                header(millis(), sequence, EventIds.book(updateId, sequence, kind, depth)),
                kind,
                depth,
                updateId,
                levels(),
                levels(),
                random.nextBoolean() ? random.nextInt() : BookUpdate.NO_CHECKSUM);
    }

    private Kline kline() {
        String interval = INTERVALS[random.nextInt(INTERVALS.length)];
        long time = millis();
        long start = time - time % 60_000_000;
        boolean confirm = random.nextBoolean();
        double open = price();
        double close = price();
        double high = Math.max(open, close) * (random.nextBoolean() ? 1 : 1.01);
        double low = Math.min(open, close) * (random.nextBoolean() ? 1 : 0.99);
        return new Kline(
                header(time, 0, EventIds.kline(interval, start, time, confirm)),
                interval,
                start,
                start + 59_999_000,
                open,
                high,
                low,
                close,
                random.nextInt(5) == 0 ? 0 : size(),
                random.nextInt(5) == 0 ? Double.NaN : size(),
                confirm);
    }

    private Ticker ticker() {
        double[] values = new double[TickerField.values().length];
        Arrays.fill(values, Double.NaN);
        for (int i = 0; i < values.length; i++) {
            if (random.nextBoolean()) {
                values[i] = price();
            }
        }
        int rate = TickerField.FUNDING_RATE.ordinal();
        values[rate] = random.nextBoolean() ? -values[rate] * 1e-9 : Double.NaN;
        long next = random.nextBoolean() ? UNKNOWN_TIME : millis();
        boolean snapshot = random.nextBoolean();
        long sequence = sequence();
        String tick = random.nextBoolean() ? TICKS[random.nextInt(4)] : null;
        String phase = random.nextInt(4) == 0 ? "ContinuousTrading" : null;
        EventHeader times = header(millis(), sequence, "none");
        String id =
                EventIds.ticker(
                        times.messageTimeMicros(), sequence, snapshot, values, next, tick, phase);
        return new Ticker(messageTimed(times, id), snapshot, values, next, tick, phase);
    }

    private Funding funding() {
        double rate = (random.nextDouble() - 0.5) * 1e-3;
        long time = random.nextBoolean() ? UNKNOWN_TIME : millis();
        long next = random.nextBoolean() ? UNKNOWN_TIME : millis();
        EventHeader times = header(millis(), 0, "none");
        String id = EventIds.funding(times.messageTimeMicros(), rate, time, next);
        return new Funding(messageTimed(times, id), rate, time, next);
    }

    private EventHeader header(long eventTime, long sequence, String id) {
        long messageTime =
                random.nextInt(4) == 0 ? eventTime : eventTime + random.nextLong(5_000_000);
        long received =
                random.nextInt(8) == 0 ? UNKNOWN_TIME : messageTime + random.nextLong(3_000_000);
        return new EventHeader(
                SYMBOLS[random.nextInt(SYMBOLS.length)],
                eventTime,
                messageTime,
                received,
                messageTime + random.nextLong(9_000_000),
                sequence,
                id,
                random.nextInt(8) == 0 ? null : uuid(),
                label());
    }

    private static EventHeader messageTimed(EventHeader header, String id) {
        return new EventHeader(
                header.symbol(),
                header.messageTimeMicros(),
                header.messageTimeMicros(),
                header.receivedMicros(),
                header.ingestedMicros(),
                header.sequence(),
                id,
                header.eventId(),
                header.traceId());
    }

    private @Nullable String label() {
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> "trace \"quoted\" \\ \u00e9\u4e2d\ud83d\ude00";
            default -> uuid();
        };
    }

    private String uuid() {
        return "%016x-%016x".formatted(random.nextLong(), random.nextLong());
    }

    private long sequence() {
        return random.nextInt(6) == 0 ? 0 : random.nextLong(1L << 50);
    }

    /** Whole milliseconds between 2015 and 2030, as microseconds. */
    private long millis() {
        return random.nextLong(1_420_070_400_000L, 1_893_456_000_000L) * 1000;
    }

    private double price() {
        return switch (random.nextInt(3)) {
            case 0 -> random.nextInt(1, 10_000_000) / 100.0;
            case 1 -> random.nextInt(1, 10_000) / 1e8;
            default -> Math.exp(random.nextDouble() * 60 - 30);
        };
    }

    private double size() {
        return random.nextInt(1, 1_000_000) / 1e3;
    }

    private double[] levels() {
        double[] levels = new double[2 * random.nextInt(0, 30)];
        for (int i = 0; i < levels.length; i += 2) {
            levels[i] = price();
            levels[i + 1] = random.nextInt(3) == 0 ? 0 : size();
        }
        return levels;
    }
}
