package io.tidemark.features.indicator;

import io.tidemark.features.bar.Bars;

/** Mean and squares of the newest n closes, oldest first; there must be as many. */
final class Closes {
    private Closes() {}

    static double mean(Bars bars, int n) {
        int size = bars.size();
        double sum = 0;
        for (int i = size - n; i < size; i++) {
            sum += bars.close(i);
        }
        return sum / n;
    }

    /** Sum of the squared deviations from the mean; exactly 0 when all closes are the same. */
    static double squares(Bars bars, int n, double mean) {
        int size = bars.size();
        double newest = bars.close(size - 1);
        boolean same = true;
        double sum = 0;
        for (int i = size - n; i < size; i++) {
            double close = bars.close(i);
            same &= close == newest;
            sum += (close - mean) * (close - mean);
        }
        return same ? 0 : sum;
    }
}
