package io.tidemark.features.quality;

import java.util.Arrays;

/**
 * The last prices, and how far another is from them: the robust z-score, |price - median| over the
 * scaled median absolute deviation. Neither is moved by a few wild prices, unlike mean and standard
 * deviation.
 *
 * <p>The deviation is taken as at least {@link #FLOOR} of the median, so that a price that has not
 * moved does not make the next tick infinitely far. Before {@link #WARM} prices it answers 0. O(N)
 * for a price, N = {@link #SIZE}; 2 KiB. Source: Iglewicz and Hoaglin (1993), How to Detect and
 * Handle Outliers, section 3.
 */
public final class RobustWindow {
    /** How many prices it keeps. */
    public static final int SIZE = 128;

    /** How many it must have before it judges. */
    public static final int WARM = 32;

    /** The least deviation, as a fraction of the median: a basis point. */
    public static final double FLOOR = 1e-4;

    /** A normal distribution's standard deviation over its median absolute deviation. */
    private static final double SCALE = 1.4826;

    private final double[] inOrder = new double[SIZE];
    private final double[] sorted = new double[SIZE];
    private int count;
    private int next;

    /**
     * How far the price is from those before it, then takes it in.
     *
     * @param price finite
     */
    public double scoreThenAdd(double price) {
        if (!Double.isFinite(price)) {
            throw new IllegalArgumentException("a price must be finite, got " + price);
        }
        double score = score(price);
        add(price);
        return score;
    }

    private double score(double price) {
        if (count < WARM) {
            return 0;
        }
        double median = middle(sorted[(count - 1) / 2], sorted[count / 2]);
        double deviation = Math.max(SCALE * deviation(median), FLOOR * Math.abs(median));
        return deviation == 0 ? 0 : Math.abs(price - median) / deviation;
    }

    /** The median of |price - median|: from the middle outwards, the nearer side first. */
    private double deviation(double median) {
        int above = Arrays.binarySearch(sorted, 0, count, median);
        above = above < 0 ? -above - 1 : above;
        int below = above - 1;
        double last = 0;
        double beforeLast = 0;
        for (int taken = 0; taken <= count / 2; taken++) {
            beforeLast = last;
            boolean takeAbove =
                    below < 0
                            || (above < count && sorted[above] - median <= median - sorted[below]);
            last = takeAbove ? sorted[above++] - median : median - sorted[below--];
        }
        return count % 2 == 0 ? middle(beforeLast, last) : last;
    }

    private static double middle(double one, double other) {
        return one + (other - one) / 2;
    }

    private void add(double price) {
        if (count == SIZE) {
            int gone = Arrays.binarySearch(sorted, 0, count, inOrder[next]);
            System.arraycopy(sorted, gone + 1, sorted, gone, count - gone - 1);
            count--;
        }
        int at = Arrays.binarySearch(sorted, 0, count, price);
        at = at < 0 ? -at - 1 : at;
        System.arraycopy(sorted, at, sorted, at + 1, count - at);
        sorted[at] = price;
        count++;
        inOrder[next] = price;
        next = (next + 1) % SIZE;
    }
}
