package io.tidemark.job.dataset;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Up to {@value #MOST} rows of a split, each as likely as any other (reservoir, Vitter 1985,
 * algorithm R); the same rows give the same sample. Undefined values are counted, not sampled over.
 */
final class SampledRows {
    /** How many rows are kept. */
    static final int MOST = 5_000;

    private final SplittableRandom random = new SplittableRandom(1);
    private final int columns;
    private final double[][] kept = new double[MOST][];
    private long seen;

    SampledRows(int columns) {
        this.columns = columns;
    }

    /** Takes one row, whose further values are not kept. */
    void offer(double[] values) {
        seen++;
        if (seen <= MOST) {
            kept[(int) seen - 1] = Arrays.copyOf(values, columns);
        } else {
            long place = random.nextLong(seen);
            if (place < MOST) {
                kept[(int) place] = Arrays.copyOf(values, columns);
            }
        }
    }

    private double[] defined(int column) {
        return Arrays.stream(kept, 0, (int) Math.min(seen, MOST))
                .mapToDouble(row -> row[column])
                .filter(Double::isFinite)
                .sorted()
                .toArray();
    }

    /** The value below which that share of the sample lies; NaN without values. */
    double quantile(int column, double share) {
        double[] sorted = defined(column);
        return sorted.length == 0
                ? Double.NaN
                : sorted[(int) Math.min(sorted.length - 1L, Math.round(share * sorted.length))];
    }

    /** The share of the sample in which the column is undefined; 0 without rows. */
    double undefined(int column) {
        long rows = Math.min(seen, MOST);
        return rows == 0 ? 0 : 1 - (double) defined(column).length / rows;
    }

    /**
     * Shares of the defined values in equal parts of [low, high]; what lies outside is left out.
     * One part when the range has no length or is not there.
     */
    double[] histogram(int column, double low, double high, int bins) {
        double[] values = defined(column);
        double[] shares = new double[high > low ? bins : 1];
        for (double value : values) {
            if (!(high > low)) {
                shares[0] += 1.0 / values.length;
            } else if (value >= low && value <= high) {
                int bin = (int) ((value - low) / (high - low) * bins);
                shares[Math.min(bins - 1, bin)] += 1.0 / values.length;
            }
        }
        return shares;
    }
}
