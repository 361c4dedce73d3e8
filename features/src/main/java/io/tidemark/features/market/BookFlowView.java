package io.tidemark.features.market;

/**
 * What the messages in [T - w, T) did to the book, w a whole number of panes. A change counts when
 * it led from a known book to a known one: what a missing message did is in no sum, and neither is
 * the way across the gap.
 *
 * <p>Asking throws {@link IllegalStateException} when no kernel of the set asked for book flow.
 */
public interface BookFlowView {
    /**
     * Whether a sum over the window stands for the window: the book was defined where it began, is
     * defined at T, and its feed spoke in [T - carry, T). O(1).
     */
    boolean known(long windowMicros);

    /** Size added plus size removed, all levels of both sides. O(panes of w). */
    double churn(long windowMicros);

    /**
     * Order flow imbalance summed over the best levels. O(panes of w).
     *
     * @throws IllegalStateException when no kernel of the set asked for that number of levels
     */
    double orderFlow(long windowMicros, int levels);
}
