package io.tidemark.features.drift;

/**
 * How much more the shares of bins vary from window to window than they would were observations
 * independent: the trace and the squared Frobenius norm of D^-1/2 S D^-1/2, where S is the long-run
 * covariance of the bins' indicators, and D the diagonal of their shares. These are the sums of its
 * eigenvalues and of their squares, which is all the correction of Rao and Scott (1984) asks for.
 * Independent observations give B - 1 and B - 1.
 *
 * <p>S is estimated by overlapping batch means (Meketon and Schmeiser 1984; Flegal and Jones 2010)
 * with batches as long as the windows that are to be tested: what is estimated is the very spread
 * of their shares, whatever the series remembers beyond them.
 *
 * @param trace sum of the eigenvalues, 0 or more
 * @param squares sum of their squares
 */
public record LongRunSpread(double trace, double squares) {
    /**
     * The spread of a reference series. O(n B + n B²/stride).
     *
     * @param bins the bin of each observation, in order of time
     * @param size how many bins there are
     * @param batch length of a batch: observations of a window, 1 to n - 1
     * @throws IllegalArgumentException when the series is not longer than a batch
     */
    public static LongRunSpread of(int[] bins, int size, int batch) {
        int n = bins.length;
        if (batch < 1 || batch >= n) {
            throw new IllegalArgumentException(
                    "batches must be of 1 to " + (n - 1) + " observations, got " + batch);
        }
        double[] share = new double[size];
        for (int bin : bins) {
            share[bin] += 1.0 / n;
        }
        double[][] sums = sumsOfProducts(bins, share, batch);
        // n b / ((n - b)(n - b + 1)) times the sum over n - b + 1 batches of products of means.
        double scale = n / ((double) batch * (n - batch) * (n - batch + 1.0));
        double trace = 0;
        double squares = 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                if (share[i] > 0 && share[j] > 0) {
                    double scaled = sums[i][j] * scale / Math.sqrt(share[i] * share[j]);
                    squares += scaled * scaled;
                    trace += i == j ? scaled : 0;
                }
            }
        }
        return new LongRunSpread(trace, squares);
    }

    /** Over all batches, products of how far their counts are from what the shares promise. */
    private static double[][] sumsOfProducts(int[] bins, double[] share, int batch) {
        int size = share.length;
        double[] excess = new double[size];
        for (int k = 0; k < size; k++) {
            excess[k] = -batch * share[k];
        }
        double[][] sums = new double[size][size];
        for (int at = 0; at < bins.length; at++) {
            excess[bins[at]]++;
            if (at >= batch) {
                excess[bins[at - batch]]--;
            }
            if (at >= batch - 1) {
                for (int i = 0; i < size; i++) {
                    double[] row = sums[i];
                    double factor = excess[i];
                    for (int j = 0; j <= i; j++) {
                        row[j] += factor * excess[j];
                    }
                }
            }
        }
        for (int i = 0; i < size; i++) {
            for (int j = i + 1; j < size; j++) {
                sums[i][j] = sums[j][i];
            }
        }
        return sums;
    }
}
