package io.tidemark.features.market;

import java.util.Arrays;

/** A few numbers in order, to read quantiles from. The array is used again for every sample. */
public final class SortedSample {
    private final double[] values;
    private int count;

    SortedSample(int most) {
        values = new double[most];
    }

    void clear() {
        count = 0;
    }

    /** Adds a number; NaN is left out. */
    void add(double value) {
        if (!Double.isNaN(value)) {
            values[count] = value;
            count++;
        }
    }

    void sort() {
        Arrays.sort(values, 0, count);
    }

    /** How many numbers there are. */
    public int count() {
        return count;
    }

    /**
     * The nearest-rank percentile: the smallest number that at least that share of the sample does
     * not exceed; NaN when there is none. O(1).
     *
     * @param percent 1 to 100
     */
    public double percentile(int percent) {
        if (count == 0) {
            return Double.NaN;
        }
        int rank = (count * percent + 99) / 100;
        return values[rank - 1];
    }
}
