package io.tidemark.features.engine;

import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.Funding;
import io.tidemark.schemas.event.Kline;
import io.tidemark.schemas.event.Ticker;
import io.tidemark.schemas.event.TickerField;
import io.tidemark.schemas.event.Trade;
import java.util.Arrays;

/** The vocabulary of the tests: events of one symbol. Times are microseconds. */
public final class Events {
    public static final String SYMBOL = "BTCUSDT";
    public static final long MS = 1_000L;
    public static final long SECOND = 1_000_000L;
    public static final long MINUTE = 60 * SECOND;

    private Events() {}

    public static EventHeader header(long time, long sequence, String id) {
        return new EventHeader(SYMBOL, time, time, time, time, sequence, id, null, null);
    }

    public static Trade trade(long time, String id, double price, double size, Trade.Side side) {
        return new Trade(header(time, 0, id), price, size, side, null, false, false);
    }

    public static Trade buy(long time, double price, double size) {
        return trade(time, "b" + time, price, size, Trade.Side.BUY);
    }

    public static Trade sell(long time, double price, double size) {
        return trade(time, "s" + time, price, size, Trade.Side.SELL);
    }

    public static BookUpdate snapshot(
            long time, int depth, long updateId, double[] bids, double[] asks) {
        return book(time, BookUpdate.Kind.SNAPSHOT, depth, updateId, bids, asks);
    }

    public static BookUpdate delta(
            long time, int depth, long updateId, double[] bids, double[] asks) {
        return book(time, BookUpdate.Kind.DELTA, depth, updateId, bids, asks);
    }

    public static BookUpdate book(
            long time,
            BookUpdate.Kind kind,
            int depth,
            long updateId,
            double[] bids,
            double[] asks) {
        return new BookUpdate(
                header(time, updateId, depth + ":" + updateId), kind, depth, updateId, bids, asks);
    }

    /** A ticker change with funding fields; NaN and UNKNOWN_TIME leave them out. */
    public static Ticker ticker(long time, double fundingRate, long nextFundingTime) {
        double[] values = new double[TickerField.values().length];
        Arrays.fill(values, Double.NaN);
        values[TickerField.FUNDING_RATE.ordinal()] = fundingRate;
        return new Ticker(header(time, 0, "t" + time), false, values, nextFundingTime, null, null);
    }

    public static Funding funding(long time, double rate, long next) {
        return new Funding(header(time, 0, "f" + time), rate, time, next);
    }

    public static Kline kline(long time) {
        return new Kline(
                header(time, 0, "k" + time), "1", time, time, 1, 1, 1, 1, 1, Double.NaN, false);
    }

    public static double[] levels(double... priceSizePairs) {
        return priceSizePairs;
    }
}
