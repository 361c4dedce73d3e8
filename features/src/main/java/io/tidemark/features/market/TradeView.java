package io.tidemark.features.market;

/**
 * The trades before T. A window w is [T - w, T), a whole number of panes; its sums fold the panes
 * from the oldest to the newest, and each pane folded its trades in canonical order, so a sum
 * depends on the window's content alone. A window costs one addition a pane.
 */
public interface TradeView {
    /** Whether a trade was accepted in [T - carry, T). */
    boolean live();

    /** Trades in the window. */
    long count(long windowMicros);

    /** Sum of sizes. */
    double volume(long windowMicros);

    /** Sum of price times size. */
    double notional(long windowMicros);

    /** Sum of the sizes with a buyer as taker. */
    double buyVolume(long windowMicros);

    /** Sum of the sizes with a seller as taker. */
    double sellVolume(long windowMicros);

    /**
     * p(T - ago): the last price before T - ago, at most the carry old; NaN when there is none.
     *
     * @param agoMicros a whole number of panes within the lookback
     */
    double price(long agoMicros);

    /** How many whole seconds lie in (T - w, T]. */
    int secondReturns(long windowMicros);

    /**
     * The return p(t)/p(t - 1 s) - 1, t the newest whole second at or before T less {@code back}
     * seconds; NaN when one of the prices is undefined. Whole seconds of the epoch, so that rows of
     * one second share their returns whatever the cadence. O(1).
     *
     * @param back from 0
     * @throws IllegalStateException when no kernel of the set asked for second returns
     */
    double secondReturn(int back);
}
