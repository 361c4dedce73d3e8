package io.tidemark.features.quality;

/**
 * Delays counted by size, so that counts of many minutes add up to percentiles: two bins an octave
 * from a millisecond on, so a percentile is right within a factor of 1.42. The first bin has what
 * is shorter, the last what is longer than 5 minutes. Delays are microseconds.
 */
public final class DelayHistogram {
    /** How many bins there are. */
    public static final int BINS = 38;

    private static final double FIRST_MICROS = 1_000;

    private DelayHistogram() {}

    /** Which bin a delay is counted in. */
    public static int bin(long delayMicros) {
        if (delayMicros < FIRST_MICROS) {
            return 0;
        }
        int bin = 1 + (int) Math.floor(2 * Math.log(delayMicros / FIRST_MICROS) / Math.log(2));
        return Math.min(bin, BINS - 1);
    }

    /** Where a bin ends: its delays are shorter, but for the last bin's. */
    public static long endMicros(int bin) {
        return Math.round(FIRST_MICROS * Math.pow(2, bin / 2.0));
    }

    /**
     * A delay that this share of those counted does not exceed: the end of its bin; 0 when none is
     * counted.
     *
     * @param share 0 to 1
     */
    public static long percentileMicros(long[] counts, double share) {
        long all = 0;
        for (long one : counts) {
            all += one;
        }
        if (all == 0) {
            return 0;
        }
        long wanted = Math.max(1, (long) Math.ceil(share * all));
        int bin = 0;
        for (long seen = counts[0]; seen < wanted; seen += counts[bin]) {
            bin++;
        }
        return endMicros(bin);
    }
}
