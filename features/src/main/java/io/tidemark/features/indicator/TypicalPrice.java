package io.tidemark.features.indicator;

import io.tidemark.features.bar.Bars;

/** Typical price of a bar, (high + low + close) / 3, in quote currency. */
final class TypicalPrice {
    private TypicalPrice() {}

    static double of(Bars bars, int i) {
        return (bars.high(i) + bars.low(i) + bars.close(i)) / 3;
    }
}
