package io.tidemark.features.market;

/** The large trades before T. */
public interface LargeTradeView {
    /**
     * Sum of price times size, over the trades in [T - w, T) of at least that notional. O(panes of
     * w).
     *
     * @throws IllegalStateException when no kernel of the set asked for trades of that notional
     */
    double notional(long windowMicros, int least);
}
