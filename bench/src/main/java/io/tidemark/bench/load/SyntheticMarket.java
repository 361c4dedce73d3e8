package io.tidemark.bench.load;

import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.Kline;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Ticker;
import io.tidemark.schemas.event.TickerField;
import io.tidemark.schemas.event.Trade;
import io.tidemark.schemas.wire.EventIds;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Events that look like a market's to the code that reads them: books of 50 levels a side whose
 * changes touch 1 to 10 levels with contiguous update ids, trades at the best prices, ticker
 * changes, candles. Not a model of a market: prices stay around a fixed one and the book never
 * crosses.
 *
 * <p>Events are asked for in order, each once. Not thread-safe.
 */
public final class SyntheticMarket {
    private static final int DEPTH = 50;
    private static final double TICK = 0.5;
    private static final double MID = 50_000;
    private static final long MINUTE = 60_000_000L;

    private final MarketMix mix;
    private final String[] names;
    private final long[] updateIds;
    private final SplittableRandom random;

    /** A market at its beginning. */
    public SyntheticMarket(MarketMix mix) {
        this.mix = mix;
        this.names = new String[mix.symbols()];
        Arrays.setAll(names, MarketMix::name);
        this.updateIds = new long[mix.symbols()];
        this.random = new SplittableRandom(mix.seed());
    }

    /** Event n, at that event time in whole milliseconds. */
    public MarketEvent event(long n, long eventTimeMicros) {
        int symbol = mix.symbolOf(n);
        EventType type = mix.typeOf(n);
        return switch (type) {
            case ORDERBOOK -> book(symbol, n, eventTimeMicros);
            case TRADE -> trade(symbol, n, eventTimeMicros);
            case TICKER -> ticker(symbol, n, eventTimeMicros);
            case KLINE -> kline(symbol, n, eventTimeMicros);
            case FUNDING -> throw new IllegalArgumentException("funding comes in tickers");
        };
    }

    private BookUpdate book(int symbol, long n, long time) {
        long u = ++updateIds[symbol];
        BookUpdate.Kind kind = u == 1 ? BookUpdate.Kind.SNAPSHOT : BookUpdate.Kind.DELTA;
        int levels = u == 1 ? DEPTH : random.nextInt(1, 6);
        return new BookUpdate(
                header(symbol, n, time, EventIds.book(u, n + 1, kind, DEPTH)),
                kind,
                DEPTH,
                u,
                side(levels, u == 1, -1),
                side(levels, u == 1, 1));
    }

    private double[] side(int levels, boolean all, int sign) {
        double[] side = new double[2 * levels];
        // A change never takes the same level twice: it walks outward from a random first one.
        int first = all ? 1 : random.nextInt(1, DEPTH - levels + 1);
        for (int i = 0; i < levels; i++) {
            side[2 * i] = MID + sign * TICK * (first + i);
            boolean removed = !all && first + i > 3 && random.nextInt(5) == 0;
            side[2 * i + 1] = removed ? 0 : thousandths(random.nextDouble(0.001, 10));
        }
        return side;
    }

    private Trade trade(int symbol, long n, long time) {
        boolean buy = random.nextBoolean();
        return new Trade(
                header(symbol, n, time, Long.toString(1_000_000_000L + n)),
                buy ? MID + TICK : MID - TICK,
                thousandths(random.nextDouble(0.001, 2)),
                buy ? Trade.Side.BUY : Trade.Side.SELL,
                "ZeroPlusTick",
                false,
                false);
    }

    private Ticker ticker(int symbol, long n, long time) {
        double[] values = new double[TickerField.values().length];
        Arrays.fill(values, Double.NaN);
        double price = MID + TICK * random.nextInt(-3, 4);
        values[TickerField.LAST_PRICE.ordinal()] = price;
        values[TickerField.MARK_PRICE.ordinal()] = price;
        values[TickerField.INDEX_PRICE.ordinal()] = price;
        values[TickerField.OPEN_INTEREST.ordinal()] = 50_000 + random.nextInt(1_000);
        values[TickerField.FUNDING_RATE.ordinal()] = 0.0001;
        long nextFunding = (Math.floorDiv(time, 480 * MINUTE) + 1) * 480 * MINUTE;
        String id = EventIds.ticker(time, n + 1, false, values, nextFunding, null, null);
        return new Ticker(header(symbol, n, time, id), false, values, nextFunding, null, null);
    }

    private Kline kline(int symbol, long n, long time) {
        long start = Math.floorDiv(time, MINUTE) * MINUTE;
        return new Kline(
                header(symbol, n, time, EventIds.kline("1", start, time, false)),
                "1",
                start,
                start + MINUTE - 1_000,
                MID,
                MID + 5,
                MID - 5,
                MID + TICK * random.nextInt(-3, 4),
                thousandths(random.nextDouble(1, 100)),
                thousandths(random.nextDouble(50_000, 5_000_000)),
                false);
    }

    private EventHeader header(int symbol, long n, long time, String id) {
        return new EventHeader(
                names[symbol], time, time, time, EventHeader.UNKNOWN_TIME, n + 1, id, null, null);
    }

    /** Three decimals, as venues write sizes. */
    private static double thousandths(double value) {
        return Math.max(1, Math.rint(value * 1_000)) / 1_000;
    }
}
