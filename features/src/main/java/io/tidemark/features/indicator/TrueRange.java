package io.tidemark.features.indicator;

import io.tidemark.features.bar.Bars;

/** Wilder's true range of a bar, in quote currency: its range, stretched to the close before. */
final class TrueRange {
    private TrueRange() {}

    static double of(Bars bars, int i) {
        double before = bars.close(i - 1);
        return Math.max(bars.high(i), before) - Math.min(bars.low(i), before);
    }
}
