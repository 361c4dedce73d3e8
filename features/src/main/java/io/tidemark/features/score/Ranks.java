package io.tidemark.features.score;

import java.util.stream.IntStream;

/** Ranks from 1; equal values share the mean of their ranks. O(n log n). */
final class Ranks {
    private Ranks() {}

    static double[] of(double[] values) {
        int[] order = ascending(values);
        double[] ranks = new double[values.length];
        for (int from = 0; from < order.length; ) {
            int to = from + 1;
            while (to < order.length && values[order[to]] == values[order[from]]) {
                to++;
            }
            double shared = (from + 1 + to) / 2.0;
            for (int i = from; i < to; i++) {
                ranks[order[i]] = shared;
            }
            from = to;
        }
        return ranks;
    }

    /** Positions by rising value; equal ones as they come. */
    static int[] ascending(double[] values) {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted((a, b) -> Double.compare(values[a], values[b]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
