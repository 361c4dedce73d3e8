package io.tidemark.features.drift;

/**
 * What came in one window of a feature: counts by the baseline's bins, and moments. Not
 * thread-safe.
 */
public final class DriftWindow {
    private final ReferenceBins bins;
    private final long[] counts;
    private Moments moments = Moments.NONE;

    /** An empty window over frozen bins. */
    public DriftWindow(ReferenceBins bins) {
        this.bins = bins;
        this.counts = new long[bins.size()];
    }

    DriftWindow(ReferenceBins bins, long[] counts, Moments moments) {
        this.bins = bins;
        this.counts = counts;
        this.moments = moments;
    }

    /** Counts one value; NaN is a missing one. O(log bins). */
    public void add(double value) {
        counts[bins.binOf(value)]++;
        moments = moments.with(value);
    }

    /** Adds what another part of the window counted over the same bins. */
    public void add(DriftWindow part) {
        if (part.counts.length != counts.length) {
            throw new IllegalArgumentException(
                    "windows of " + counts.length + " and " + part.counts.length + " bins");
        }
        for (int k = 0; k < counts.length; k++) {
            counts[k] += part.counts[k];
        }
        moments = moments.and(part.moments);
    }

    /** Counts of the bins, that of NaN last; a copy. */
    public long[] counts() {
        return counts.clone();
    }

    /** Of the finite values. */
    public Moments moments() {
        return moments;
    }

    /** Observations, missing ones with them. */
    public long observations() {
        return Divergence.total(counts);
    }

    /** Share of missing ones, 0 to 1; NaN without observations. */
    public double missingRate() {
        return (double) counts[counts.length - 1] / observations();
    }
}
