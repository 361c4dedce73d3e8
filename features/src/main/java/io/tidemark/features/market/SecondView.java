package io.tidemark.features.market;

/**
 * The 1-s grid up to T: whole seconds of the epoch, so that rows of one second share them whatever
 * the cadence. Second {@code back} ends at t, the newest whole second at or before T less {@code
 * back} seconds, and is [t - 1 s, t). An answer about one second is O(1).
 *
 * <p>Asking throws {@link IllegalStateException} when no kernel of the set asked for the 1-s grid.
 */
public interface SecondView {
    /** How many whole seconds t lie in (T - w, T]. */
    int count(long windowMicros);

    /**
     * The return p(t)/p(t - 1 s) - 1; NaN when one of the prices is undefined.
     *
     * @param back from 0
     */
    double simpleReturn(int back);

    /**
     * What their logarithms add up to.
     *
     * @throws IllegalStateException when no kernel of the set asked for log returns
     */
    LogReturnView logReturns();

    /**
     * What was traded in each second.
     *
     * @throws IllegalStateException when no kernel of the set asked for it
     */
    SecondFlowView flows();

    /**
     * Population standard deviation of the defined returns of the seconds in (T - w, T], whole
     * minutes of the epoch combined in one step each; NaN under 2 of them. O(w / 1 min + 120).
     */
    double deviation(long windowMicros);
}
