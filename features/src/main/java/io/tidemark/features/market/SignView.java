package io.tidemark.features.market;

/**
 * The signs of the trades in [T - w, T) in their order: +1 where the taker bought, -1 where the
 * taker sold. w is a whole number of panes. Whole numbers, exact; O(panes to the first trade).
 *
 * <p>Asking throws {@link IllegalStateException} when no kernel of the set asked for signs.
 */
public interface SignView {
    /** Trades in the window. */
    long count(long windowMicros);

    /** Sum of the signs. */
    long sum(long windowMicros);

    /** Sum of the products of neighbours. */
    long products(long windowMicros);

    /** The sign of the window's first trade; 0 when it has none. */
    int first(long windowMicros);

    /** The sign of the window's last trade; 0 when it has none. */
    int last(long windowMicros);
}
