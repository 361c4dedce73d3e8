package io.tidemark.job.dataset;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the rows of one split are like, before scaling: of each feature, and of the label. Taken one
 * row after the other, so that the same rows in the same order give the same bits.
 */
final class SplitStatistics {
    private final int features;
    private final long[] counts;
    private final double[] means;
    private final double[] squares;
    private final double[] least;
    private final double[] most;
    private final Map<Double, Long> classes = new TreeMap<>();
    private final boolean labelIsClass;
    private long rows;
    private long firstMicros;
    private long lastMicros;

    /** Of so many features; the label is the value after them. */
    SplitStatistics(int features, boolean labelIsClass) {
        this.features = features;
        this.labelIsClass = labelIsClass;
        counts = new long[features + 1];
        means = new double[features + 1];
        squares = new double[features + 1];
        least = new double[features + 1];
        most = new double[features + 1];
        Arrays.fill(least, Double.NaN);
        Arrays.fill(most, Double.NaN);
    }

    void add(long gridTimeMicros, double[] values, double label) {
        firstMicros = rows == 0 ? gridTimeMicros : firstMicros;
        lastMicros = gridTimeMicros;
        rows++;
        for (int i = 0; i < features; i++) {
            add(i, values[i]);
        }
        add(features, label);
        if (labelIsClass) {
            classes.merge(label, 1L, Long::sum);
        }
    }

    /** Welford, Technometrics 4 (1962). */
    private void add(int column, double value) {
        if (Double.isNaN(value)) {
            return;
        }
        long count = ++counts[column];
        double delta = value - means[column];
        means[column] += delta / count;
        squares[column] += delta * (value - means[column]);
        least[column] = count == 1 ? value : Math.min(least[column], value);
        most[column] = count == 1 ? value : Math.max(most[column], value);
    }

    int features() {
        return features;
    }

    long rows() {
        return rows;
    }

    long firstMicros() {
        return firstMicros;
    }

    long lastMicros() {
        return lastMicros;
    }

    /** Of a column, the label being the last; NaN without values. */
    double mean(int column) {
        return counts[column] == 0 ? Double.NaN : means[column];
    }

    double deviation(int column) {
        return counts[column] == 0 ? Double.NaN : Math.sqrt(squares[column] / counts[column]);
    }

    double least(int column) {
        return least[column];
    }

    double most(int column) {
        return most[column];
    }

    /** The share of rows in which the column is undefined; 0 without rows. */
    double nanRate(int column) {
        return rows == 0 ? 0 : 1 - (double) counts[column] / rows;
    }

    /** How many rows have each class; empty when the label is no class. */
    Map<Double, Long> classes() {
        return classes;
    }
}
