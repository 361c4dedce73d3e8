package io.tidemark.features.market;

import java.util.Arrays;

/** A quantity that adds up, a number a pane, in a ring. */
final class PaneColumn {
    private final double[] values;
    private final int mask;

    /** Of that many slots, a power of 2, all 0. */
    PaneColumn(int capacity) {
        values = new double[capacity];
        mask = capacity - 1;
    }

    /** Sets every pane to 0. */
    void clear() {
        Arrays.fill(values, 0);
    }

    /** Sets that pane to a value. */
    void set(long pane, double value) {
        values[(int) pane & mask] = value;
    }

    void add(long pane, double value) {
        values[(int) pane & mask] += value;
    }

    double at(long pane) {
        return values[(int) pane & mask];
    }

    /** The sum of the panes from the first to before the end, left to right. */
    double sum(long first, long end) {
        double sum = 0;
        for (long pane = first; pane < end; pane++) {
            sum += values[(int) pane & mask];
        }
        return sum;
    }
}
