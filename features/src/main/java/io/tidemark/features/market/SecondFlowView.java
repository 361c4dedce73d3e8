package io.tidemark.features.market;

/**
 * What was traded in each second of the 1-s grid, and how the price moved; see {@link SecondView}.
 */
public interface SecondFlowView {
    /** Sum of sizes. O(1). */
    double volume(int back);

    /** Sum of the sizes with a buyer as taker less those with a seller. O(1). */
    double signedVolume(int back);

    /** p(t) - p(t - 1 s), quote currency; NaN when one of the prices is undefined. O(1). */
    double priceChange(int back);

    /** Sum of the volumes of the seconds in (T - w, T]. O(w / 32 s + 64). */
    double volume(long windowMicros);

    /** In how many seconds in (T - w, T] was a trade, and both prices defined. */
    int moves(long windowMicros);

    /**
     * Sum over these of |p(t)/p(t - 1 s) - 1| by the second's notional, oldest first. O(w / 32 s +
     * 64).
     */
    double illiquidity(long windowMicros);
}
