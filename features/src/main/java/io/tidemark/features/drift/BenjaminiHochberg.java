package io.tidemark.features.drift;

import java.util.Arrays;

/**
 * Many tests at once: of those called significant at most a share q is false, on average. Benjamini
 * and Hochberg (1995).
 */
public final class BenjaminiHochberg {
    private BenjaminiHochberg() {}

    /**
     * Which tests are significant: those with p up to the largest p(k) ≤ k q / tests. O(n log n).
     *
     * @param pValues 0 to 1; NaN is no test and counts for none
     * @param q 0 to 1
     * @return of the same length
     */
    public static boolean[] significant(double[] pValues, double q) {
        double[] sorted = Arrays.stream(pValues).filter(p -> !Double.isNaN(p)).sorted().toArray();
        double limit = Double.NEGATIVE_INFINITY;
        for (int k = sorted.length; k >= 1; k--) {
            if (sorted[k - 1] <= k * q / sorted.length) {
                limit = sorted[k - 1];
                break;
            }
        }
        boolean[] significant = new boolean[pValues.length];
        for (int k = 0; k < pValues.length; k++) {
            significant[k] = pValues[k] <= limit;
        }
        return significant;
    }
}
