package io.tidemark.features.split;

/**
 * Rows dealt out by chance: for tests only, since neighbours know each other's future. The place is
 * a function of seed and time; within a split rows keep their order.
 *
 * @param seed decides, with the time
 * @param train share of the rows
 * @param validation share of the rows; the rest is test
 */
public record RandomSplit(Span span, long seed, double train, double validation) {
    private static final double UNIT = 0x1.0p-53;

    /** Checks the shares. */
    public RandomSplit {
        if (!(train > 0 && validation >= 0 && train + validation < 1)) {
            throw new IllegalArgumentException(
                    "shares must be positive and leave some for test, got %s and %s"
                            .formatted(train, validation));
        }
    }

    /** Where the row at that time goes. */
    public Place of(long gridTimeMicros) {
        if (!span.has(gridTimeMicros)) {
            return Place.OUTSIDE;
        }
        double drawn = (mix(seed ^ mix(gridTimeMicros)) >>> 11) * UNIT;
        if (drawn < train) {
            return Place.TRAIN;
        }
        return drawn < train + validation ? Place.VALIDATION : Place.TEST;
    }

    /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
