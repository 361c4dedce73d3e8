package io.tidemark.features.indicator;

import io.tidemark.features.bar.BarFunction;
import io.tidemark.features.bar.Bars;

/**
 * Average true range: Wilder's average of the true range, in quote currency, 0 or more. It begins
 * as the mean of the first {@code period} true ranges of the lookback and goes on as {@code a =
 * (a·(period - 1) + x) / period}.
 *
 * <p>Undefined under period + 1 bars. The seed's weight is (1 - 1/period)^n: at 14 over 400 bars
 * 4·10⁻¹³. O(lookback).
 *
 * <p>Source: Wilder, New Concepts in Technical Trading Systems (1978), section III; TA-Lib's ATR.
 *
 * @param period bars, at least 1
 * @param lookback bars it runs over, at least the period and one more
 */
public record Atr(int period, int lookback) implements BarFunction {
    /** Checks the lookback. */
    public Atr {
        BarRange.requireWarmUp(lookback, period + 1);
    }

    @Override
    public void compute(Bars bars, double[] out, int offset) {
        int size = bars.size();
        if (size <= period) {
            out[offset] = Double.NaN;
            return;
        }
        int first = BarRange.first(bars, lookback);
        int seeded = first + period;
        double sum = 0;
        for (int i = first + 1; i <= seeded; i++) {
            sum += TrueRange.of(bars, i);
        }
        double keep = (period - 1.0) / period;
        for (int i = seeded + 1; i < size; i++) {
            sum = sum * keep + TrueRange.of(bars, i);
        }
        out[offset] = sum / period;
    }
}
