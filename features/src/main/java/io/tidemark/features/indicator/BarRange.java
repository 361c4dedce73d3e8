package io.tidemark.features.indicator;

import io.tidemark.features.bar.Bars;

/** The newest bars a recursive indicator starts from scratch on. */
final class BarRange {
    private BarRange() {}

    /** The first of the newest {@code lookback} bars, or of all when there are fewer. */
    static int first(Bars bars, int lookback) {
        return Math.max(0, bars.size() - lookback);
    }

    /**
     * Checks that a recursion may begin within its lookback.
     *
     * @throws IllegalArgumentException when the lookback is shorter than the warm-up
     */
    static void requireWarmUp(int lookback, int warmUp) {
        if (lookback < warmUp) {
            throw new IllegalArgumentException(
                    "wanted a lookback of at least the warm-up of %d bars, got %d"
                            .formatted(warmUp, lookback));
        }
    }
}
