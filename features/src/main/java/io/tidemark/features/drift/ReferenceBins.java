package io.tidemark.features.drift;

import java.util.Arrays;

/**
 * Bins frozen on a reference sample: between increasing inner edges, open at both ends, and one
 * more for NaN. A value at an edge belongs to the bin above it, as with NumPy's {@code
 * searchsorted(side = "right")}.
 */
public final class ReferenceBins {
    /** Prices of up to 1e8 ticks: their differences are good to some 4e-8 of a tick. */
    private static final double ROUNDING = 1e-7;

    private final double[] innerEdges;

    /**
     * Bins between edges.
     *
     * @param innerEdges strictly increasing, finite; may be empty: one bin and that of NaN
     * @throws IllegalArgumentException when they do not increase
     */
    public ReferenceBins(double[] innerEdges) {
        this.innerEdges = innerEdges.clone();
        for (int k = 0; k < innerEdges.length; k++) {
            if (!Double.isFinite(innerEdges[k])
                    || (k > 0 && !(innerEdges[k] > innerEdges[k - 1]))) {
                throw new IllegalArgumentException(
                        "edges must be finite and increase, got " + Arrays.toString(innerEdges));
            }
        }
    }

    /**
     * Bins of equal share of the reference: edges at its k/bins quantiles, interpolated linearly
     * (Hyndman and Fan 1996, type 7). Equal edges become one, so there may be fewer bins: a feature
     * that is mostly 0 has no ten deciles. O(n log n).
     *
     * @param reference in any order; NaN and infinite ones are passed over
     * @param bins 1 or more
     */
    public static ReferenceBins ofQuantiles(double[] reference, int bins) {
        if (bins < 1) {
            throw new IllegalArgumentException("bins must be 1 or more, got " + bins);
        }
        double[] sorted = Arrays.stream(reference).filter(Double::isFinite).sorted().toArray();
        if (sorted.length == 0) {
            return new ReferenceBins(new double[0]);
        }
        double[] edges = new double[bins - 1];
        int used = 0;
        for (int k = 1; k < bins; k++) {
            // Shares as NumPy's linspace makes them, so that edges come out to the last bit.
            double edge = quantile(sorted, k * (1.0 / bins));
            if (used == 0 || edge > edges[used - 1]) {
                edges[used++] = edge;
            }
        }
        return new ReferenceBins(Arrays.copyOf(edges, used));
    }

    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        double fraction = place - below;
        double low = sorted[below];
        double high = sorted[Math.min(below + 1, sorted.length - 1)];
        return fraction < 0.5
                ? low + (high - low) * fraction
                : high - (high - low) * (1 - fraction);
    }

    /**
     * The same bins with no edge among values that differ by rounding only: edges nearer to each
     * other than {@value #ROUNDING} of the largest become one, and each goes down by as much. A
     * spread of a tick, the difference of two prices, is another double at every price; an edge
     * between or at these would tell where the price is.
     */
    public ReferenceBins clearOfRounding() {
        double least = ROUNDING * Arrays.stream(innerEdges).map(Math::abs).max().orElse(0);
        double[] edges = new double[innerEdges.length];
        int used = 0;
        double last = Double.NEGATIVE_INFINITY;
        for (double edge : innerEdges) {
            if (edge - last > least) {
                edges[used++] = edge - least;
                last = edge;
            }
        }
        return new ReferenceBins(Arrays.copyOf(edges, used));
    }

    /** How many bins there are, that of NaN, the last one, with them. */
    public int size() {
        return innerEdges.length + 2;
    }

    /** The bin of a value, 0 to {@link #size()} - 1; NaN is in the last. O(log size). */
    public int binOf(double value) {
        if (Double.isNaN(value)) {
            return innerEdges.length + 1;
        }
        int low = 0;
        int high = innerEdges.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (innerEdges[middle] <= value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The inner edges, a copy. */
    public double[] innerEdges() {
        return innerEdges.clone();
    }
}
