package io.tidemark.features.market;

/**
 * The values of a feature at its own grid times up to T: multiples of its cadence since the epoch.
 * Each is what a row of that time has.
 */
public interface SeriesView {
    /**
     * The value at the newest grid time at or before T, less so many cadences; NaN is undefined.
     * O(1).
     *
     * @param back from 0 to the longest lookback asked of the feature
     */
    double value(int back);
}
