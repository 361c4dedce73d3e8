package io.tidemark.features.drift;

import java.util.Arrays;

/**
 * What one feature looked like in the train split of a model: frozen bins, their counts, moments,
 * and how much its windows vary by themselves.
 *
 * @param bins frozen deciles and the bin of NaN
 * @param counts observations of each bin
 * @param moments of the finite values
 * @param window observations of the windows to be held to it
 * @param spread of such windows; {@link LongRunSpread#trace} NaN where the reference has fewer than
 *     20 windows, so that nothing can be told
 */
public record DriftBaseline(
        ReferenceBins bins, long[] counts, Moments moments, int window, LongRunSpread spread) {
    /** Bins of equal share a baseline has, beside that of NaN. */
    public static final int DECILES = 10;

    /** Windows a reference must have for its spread to be known. */
    public static final int LEAST_WINDOWS = 20;

    private static final LongRunSpread UNKNOWN = new LongRunSpread(Double.NaN, Double.NaN);

    /** Checks that counts and bins belong together. */
    public DriftBaseline {
        if (counts.length != bins.size()) {
            throw new IllegalArgumentException(
                    counts.length + " counts for " + bins.size() + " bins");
        }
        if (window < 1) {
            throw new IllegalArgumentException("a window must be 1 or more, got " + window);
        }
    }

    /**
     * The baseline of a reference series. O(n log n).
     *
     * @param reference values of the feature in order of time, one symbol after the other; NaN
     *     where it was missing; infinite ones lie in the outer bins
     * @param window observations of a window to be tested
     */
    public static DriftBaseline of(double[] reference, int window) {
        ReferenceBins bins = ReferenceBins.ofQuantiles(reference, DECILES).clearOfRounding();
        int[] series = new int[reference.length];
        long[] counts = new long[bins.size()];
        Moments moments = Moments.NONE;
        for (int k = 0; k < reference.length; k++) {
            series[k] = bins.binOf(reference[k]);
            counts[series[k]]++;
            moments = moments.with(reference[k]);
        }
        LongRunSpread spread =
                (long) window * LEAST_WINDOWS <= reference.length && reference.length > window
                        ? LongRunSpread.of(series, bins.size(), window)
                        : UNKNOWN;
        return new DriftBaseline(bins, counts, moments, window, spread);
    }

    /** Observations of the reference, missing ones with them. */
    public long observations() {
        return Divergence.total(counts);
    }

    /** Share of missing ones, 0 to 1; NaN without observations. */
    public double missingRate() {
        return (double) counts[counts.length - 1] / observations();
    }

    /** Bins the reference has observations in. */
    int occupied() {
        return (int) Arrays.stream(counts).filter(count -> count > 0).count();
    }

    /** As the numbers are, not as the arrays are. */
    @Override
    public boolean equals(Object other) {
        return other instanceof DriftBaseline that
                && Arrays.equals(bins.innerEdges(), that.bins.innerEdges())
                && Arrays.equals(counts, that.counts)
                && moments.equals(that.moments)
                && window == that.window
                && spread.equals(that.spread);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(counts) + moments.hashCode();
    }

    @Override
    public String toString() {
        return observations() + " observations, " + moments + ", windows of " + window;
    }
}
