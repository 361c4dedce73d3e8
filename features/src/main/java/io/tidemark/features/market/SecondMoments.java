package io.tidemark.features.market;

import java.util.Arrays;

/**
 * Count, mean and squares about the mean of the returns of the 1-s grid, of whole minutes of the
 * epoch, so that the deviation over many minutes costs little.
 */
final class SecondMoments {
    private static final int BLOCK = 60;

    /** The returns by second, a ring that belongs to {@link SecondPanes}. */
    private final double[] returns;

    private final int mask;
    private final int[] counts;
    private final double[] means;
    private final double[] squares;

    // The moments last made.
    private int count;
    private double mean;
    private double square;

    SecondMoments(double[] returns) {
        this.returns = returns;
        int blocks = PaneGeometry.ring(returns.length / BLOCK + 2);
        mask = blocks - 1;
        counts = new int[blocks];
        means = new double[blocks];
        squares = new double[blocks];
    }

    void clear() {
        Arrays.fill(counts, 0);
        Arrays.fill(means, 0);
        Arrays.fill(squares, 0);
    }

    /** The return of that second is known; when it ends a minute, so are the minute's moments. */
    void closed(long second) {
        if (Math.floorMod(second, BLOCK) == BLOCK - 1) {
            make(second - BLOCK + 1, second + 1);
            int slot = ((int) Math.floorDiv(second, BLOCK)) & mask;
            counts[slot] = count;
            means[slot] = mean;
            squares[slot] = square;
        }
    }

    /**
     * Population standard deviation of the defined returns of the seconds from the first to before
     * the end: the seconds up to the first whole minute, the minutes, the rest, combined in that
     * order (Chan, Golub, LeVeque 1979). NaN under 2 of them.
     */
    double deviation(long first, long end) {
        long firstBlock = Math.floorDiv(first + BLOCK - 1, BLOCK);
        long endBlock = Math.floorDiv(end, BLOCK);
        if (firstBlock >= endBlock) {
            make(first, end);
            return count < 2 ? Double.NaN : Math.sqrt(square / count);
        }
        make(first, firstBlock * BLOCK);
        int n = count;
        double m = mean;
        double s = square;
        for (long block = firstBlock; block <= endBlock; block++) {
            take(block, endBlock, end);
            if (count > 0) {
                double apart = mean - m;
                int both = n + count;
                s = s + square + apart * apart * n * count / both;
                m = n == 0 ? mean : m + apart * count / both;
                n = both;
            }
        }
        return n < 2 ? Double.NaN : Math.sqrt(s / n);
    }

    private void take(long block, long endBlock, long end) {
        if (block == endBlock) {
            make(endBlock * BLOCK, end);
            return;
        }
        int slot = (int) block & mask;
        count = counts[slot];
        mean = means[slot];
        square = squares[slot];
    }

    private void make(long first, long end) {
        int defined = 0;
        double sum = 0;
        for (long second = first; second < end; second++) {
            double value = returns[(int) second & (returns.length - 1)];
            if (!Double.isNaN(value)) {
                sum += value;
                defined++;
            }
        }
        count = defined;
        mean = defined == 0 ? 0 : sum / defined;
        square = 0;
        for (long second = first; second < end; second++) {
            double value = returns[(int) second & (returns.length - 1)];
            if (!Double.isNaN(value)) {
                square += (value - mean) * (value - mean);
            }
        }
    }
}
