package io.tidemark.features.drift;

/**
 * How far apart two distributions over the same bins are. Shares add up to 1; a bin that is empty
 * in both adds nothing.
 */
public final class Divergence {
    private Divergence() {}

    /**
     * Shares of counts with half an observation added to each bin (Jeffreys' prior), so that none
     * is 0: (count + 1/2) / (n + B/2).
     */
    public static double[] smoothed(long[] counts) {
        double all = total(counts) + counts.length / 2.0;
        double[] shares = new double[counts.length];
        for (int k = 0; k < counts.length; k++) {
            shares[k] = (counts[k] + 0.5) / all;
        }
        return shares;
    }

    /** Plain shares; a bin without a count gets {@code floor}, and the others stay as they are. */
    public static double[] floored(long[] counts, double floor) {
        double all = total(counts);
        double[] shares = new double[counts.length];
        for (int k = 0; k < counts.length; k++) {
            shares[k] = counts[k] == 0 ? floor : counts[k] / all;
        }
        return shares;
    }

    static long total(long[] counts) {
        long all = 0;
        for (long count : counts) {
            all += count;
        }
        return all;
    }

    /** Population stability index, sum of (q - p) ln(q/p): 0 or more, symmetric. No share is 0. */
    public static double psi(double[] p, double[] q) {
        double sum = 0;
        for (int k = 0; k < p.length; k++) {
            sum += (q[k] - p[k]) * Math.log(q[k] / p[k]);
        }
        return sum;
    }

    /**
     * Kullback-Leibler divergence of p from q in nats, sum of p ln(p/q); infinite where q is 0 and
     * p is not.
     */
    public static double kullbackLeibler(double[] p, double[] q) {
        double sum = 0;
        for (int k = 0; k < p.length; k++) {
            if (p[k] > 0) {
                sum += p[k] * Math.log(p[k] / q[k]);
            }
        }
        return sum;
    }

    /** Jensen-Shannon divergence in bits, 0 to 1 (Lin 1991). Its square root is the distance. */
    public static double jensenShannon(double[] p, double[] q) {
        double[] middle = new double[p.length];
        for (int k = 0; k < p.length; k++) {
            middle[k] = (p[k] + q[k]) / 2;
        }
        double nats = (kullbackLeibler(p, middle) + kullbackLeibler(q, middle)) / 2;
        return Math.max(0, nats / Math.log(2));
    }

    /** Hellinger distance, 0 to 1. */
    public static double hellinger(double[] p, double[] q) {
        double sum = 0;
        for (int k = 0; k < p.length; k++) {
            double distance = Math.sqrt(p[k]) - Math.sqrt(q[k]);
            sum += distance * distance;
        }
        return Math.sqrt(sum / 2);
    }

    /**
     * Kolmogorov-Smirnov D seen at the bins' edges alone, 0 to 1: at most the D of the samples, and
     * less than it by no more than the largest share of a bin. The last bin, of NaN, counts as the
     * highest.
     */
    public static double kolmogorovSmirnov(double[] p, double[] q) {
        double largest = 0;
        double ahead = 0;
        for (int k = 0; k < p.length; k++) {
            ahead += q[k] - p[k];
            largest = Math.max(largest, Math.abs(ahead));
        }
        return largest;
    }
}
