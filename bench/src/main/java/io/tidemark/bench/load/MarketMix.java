package io.tidemark.bench.load;

import io.tidemark.schemas.event.EventType;

/**
 * Which symbol event n belongs to and what it is: 59 % book changes, 30 % trades, 10 % tickers and
 * 1 % candles, over evenly loaded symbols. A pure function of n, so the sender and the analysis
 * after the run agree without a log. The first event of each symbol is its book snapshot.
 *
 * @param symbols how many; at least 1
 * @param seed another seed is another market
 */
public record MarketMix(int symbols, long seed) {
    private static final int KLINE_EVERY = 100;

    public MarketMix {
        if (symbols < 1 || symbols > 10_000) {
            throw new IllegalArgumentException("symbols must be 1 to 10,000, got " + symbols);
        }
    }

    /** The symbol of event n, 0 to symbols - 1. */
    public int symbolOf(long n) {
        if (n < symbols) {
            return (int) n;
        }
        if (isKline(n)) {
            // In turn: two candles of a symbol in one millisecond would be one event sent twice.
            return (int) ((n / KLINE_EVERY) % symbols);
        }
        return (int) Long.remainderUnsigned(bits(n), symbols);
    }

    /** What event n is. */
    public EventType typeOf(long n) {
        if (n < symbols) {
            return EventType.ORDERBOOK;
        }
        if (isKline(n)) {
            return EventType.KLINE;
        }
        long percent = Long.remainderUnsigned(bits(~n), 99);
        if (percent < 59) {
            return EventType.ORDERBOOK;
        }
        return percent < 89 ? EventType.TRADE : EventType.TICKER;
    }

    /** The name of symbol i. */
    public static String name(int i) {
        return "BENCH%02dUSDT".formatted(i);
    }

    private static boolean isKline(long n) {
        return n % KLINE_EVERY == KLINE_EVERY - 1;
    }

    /** SplitMix64's finisher: neighbouring n give unrelated bits. */
    long bits(long n) {
        long z = n * 0x9E3779B97F4A7C15L + seed;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
