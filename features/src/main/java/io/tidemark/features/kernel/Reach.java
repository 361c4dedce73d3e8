package io.tidemark.features.kernel;

/**
 * How far before T a kernel looks, so that enough is kept and no more.
 *
 * @param tradeWindowMicros its window of trades; 0 when it reads none. Panes divide it
 * @param lookbackMicros the oldest price it asks for, before the carry is added
 * @param secondReturns whether it reads the returns of the 1-s grid
 */
public record Reach(long tradeWindowMicros, long lookbackMicros, boolean secondReturns) {
    /** Of the moment: book, ticker, time. */
    static final Reach NOW = new Reach(0, 0, false);

    /** The trades, or the prices, of a window. */
    static Reach trades(long windowMicros) {
        return new Reach(windowMicros, windowMicros, false);
    }
}
