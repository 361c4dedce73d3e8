package io.tidemark.features.drift;

/** Distances of two samples, each sorted upwards, without NaN, not empty. O(n + m). */
public final class SampleDistance {
    private SampleDistance() {}

    /** Kolmogorov-Smirnov D: the largest distance of the empirical distribution functions. */
    public static double kolmogorovSmirnov(double[] a, double[] b) {
        requireSome(a, b);
        int i = 0;
        int j = 0;
        double largest = 0;
        while (i < a.length && j < b.length) {
            double at = Math.min(a[i], b[j]);
            while (i < a.length && a[i] <= at) {
                i++;
            }
            while (j < b.length && b[j] <= at) {
                j++;
            }
            largest = Math.max(largest, Math.abs((double) i / a.length - (double) j / b.length));
        }
        return largest;
    }

    /**
     * Wasserstein distance W1, in the samples' unit: the area between the empirical distribution
     * functions.
     */
    public static double wasserstein1(double[] a, double[] b) {
        requireSome(a, b);
        int i = 0;
        int j = 0;
        double area = 0;
        double from = Math.min(a[0], b[0]);
        while (i < a.length || j < b.length) {
            double to = Math.min(i < a.length ? a[i] : b[j], j < b.length ? b[j] : a[i]);
            area += Math.abs((double) i / a.length - (double) j / b.length) * (to - from);
            from = to;
            while (i < a.length && a[i] <= to) {
                i++;
            }
            while (j < b.length && b[j] <= to) {
                j++;
            }
        }
        return area;
    }

    private static void requireSome(double[] a, double[] b) {
        if (a.length == 0 || b.length == 0) {
            throw new IllegalArgumentException(
                    "both samples must have values, got " + a.length + " and " + b.length);
        }
    }
}
