package io.tidemark.features.kernel;

import io.tidemark.features.market.PanesWanted;

/**
 * How far before T a kernel looks, so that enough is kept and no more.
 *
 * @param tradeWindowMicros its window of trades; 0 when it reads none. Panes divide it
 * @param lookbackMicros the oldest price it asks for, before the carry is added
 * @param secondReturns whether it reads the returns of the 1-s grid
 * @param seriesMicros how far back it asks for the values of its inputs; 0 when it has none
 * @param panes what it reads beside the sums of trades
 */
public record Reach(
        long tradeWindowMicros,
        long lookbackMicros,
        boolean secondReturns,
        long seriesMicros,
        PanesWanted panes) {
    /** Of the moment: book, ticker, time. */
    static final Reach NOW = new Reach(0, 0, false, 0);

    private Reach(
            long tradeWindowMicros, long lookbackMicros, boolean secondReturns, long seriesMicros) {
        this(tradeWindowMicros, lookbackMicros, secondReturns, seriesMicros, PanesWanted.NONE);
    }

    /** The trades, or the prices, of a window. */
    static Reach trades(long windowMicros) {
        return new Reach(windowMicros, windowMicros, false, 0);
    }

    /** The returns of the 1-s grid in a window; the first one's base may lie a second before it. */
    static Reach secondReturns(long windowMicros) {
        return new Reach(windowMicros, windowMicros + 1_000_000L, true, 0);
    }

    /** The values of the inputs in (T - w, T], and the one at T - w. */
    static Reach series(long windowMicros) {
        return new Reach(0, 0, false, windowMicros);
    }

    /** The trades of a window, and what else they are folded into. */
    static Reach trades(long windowMicros, PanesWanted panes) {
        return new Reach(windowMicros, windowMicros, false, 0, panes);
    }

    /** The 1-s grid in a window, and what else of it is kept. */
    static Reach seconds(long windowMicros, PanesWanted panes) {
        return new Reach(windowMicros, windowMicros + 1_000_000L, true, 0, panes);
    }

    /** What the book's messages did in a window. */
    static Reach book(long windowMicros, PanesWanted panes) {
        return new Reach(0, windowMicros, false, 0, panes);
    }

    /** The spread at the whole seconds of a window; a pane ends at each. */
    static Reach spreads(long windowMicros) {
        return new Reach(0, windowMicros, true, 0, PanesWanted.spreads(windowMicros));
    }

    /** The ticker as long ago as that. */
    static Reach ticker(long agoMicros) {
        return new Reach(0, agoMicros, false, 0, PanesWanted.ticker(agoMicros));
    }
}
