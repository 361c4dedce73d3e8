package io.tidemark.features.market;

/**
 * The gaps between the trades in [T - w, T), w a whole number of panes. O(panes of w).
 *
 * <p>Asking throws {@link IllegalStateException} when no kernel of the set asked for gaps.
 */
public interface GapView {
    /** Gaps in the window: its trades less one; 0 when it has none. */
    long count(long windowMicros);

    /** Microseconds from the window's first trade to its last; 0 when it has none. */
    long sumMicros(long windowMicros);

    /** Sum of the squares of the gaps, square microseconds. */
    double squares(long windowMicros);
}
