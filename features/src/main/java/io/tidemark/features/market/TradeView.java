package io.tidemark.features.market;

/**
 * The trades before T. A window w is [T - w, T), a whole number of panes; its sums fold the panes
 * from the oldest to the newest (beyond 60 s in whole blocks where one fits), and each pane folded
 * its trades in canonical order, so a sum depends on the window's content alone. A sum is made once
 * per T, whoever asks.
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
}
