package io.tidemark.features.split;

/**
 * How far apart rows must be to know nothing of each other. Microseconds.
 *
 * @param lookbackMicros how far before T a row's features know
 * @param reachMicros how far after T its label does
 * @param embargoMicros how long after evaluation no train row may come
 */
public record Separation(long lookbackMicros, long reachMicros, long embargoMicros) {
    /** Checks that nothing is negative. */
    public Separation {
        if (lookbackMicros < 0 || reachMicros < 0 || embargoMicros < 0) {
            throw new IllegalArgumentException(
                    "wanted times of 0 or more, got %d, %d and %d"
                            .formatted(lookbackMicros, reachMicros, embargoMicros));
        }
    }

    /** With the usual embargo: the longer of both. */
    public static Separation of(long lookbackMicros, long reachMicros) {
        return new Separation(lookbackMicros, reachMicros, Math.max(lookbackMicros, reachMicros));
    }
}
