package io.tidemark.features.indicator;

import io.tidemark.features.bar.Bars;

/** Wilder's true range of a bar, in quote currency: its range, stretched to the close before. */
final class TrueRange {
    private TrueRange() {}

    static double of(Bars bars, int i) {
        double before = bars.close(i - 1);
        // Math.max and min mind NaN and -0, which no price is: they cost more than the rest of a
        // loop.
        double high = bars.high(i);
        double low = bars.low(i);
        return (high > before ? high : before) - (low < before ? low : before);
    }
}
