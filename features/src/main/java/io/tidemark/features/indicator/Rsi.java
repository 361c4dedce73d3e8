package io.tidemark.features.indicator;

import io.tidemark.features.bar.BarFunction;
import io.tidemark.features.bar.Bars;

/**
 * Relative strength index: 100·G / (G + L), G and L Wilder's averages of the rises and falls of the
 * close; 0 to 100. The averages begin as the means of the first {@code period} changes of the
 * lookback and go on as {@code a = (a·(period - 1) + x) / period}.
 *
 * <p>Undefined under period + 1 bars, and when the close never moved. The seed's weight is (1 -
 * 1/period)^n: at 14 over 400 bars 4·10⁻¹³. O(lookback).
 *
 * <p>Source: Wilder, New Concepts in Technical Trading Systems (1978), section VI; TA-Lib's RSI.
 *
 * @param period bars, at least 2
 * @param lookback bars it runs over, at least the period and one more
 */
public record Rsi(int period, int lookback) implements BarFunction {
    /** Checks the lookback. */
    public Rsi {
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
        double gain = 0;
        double loss = 0;
        double before = bars.close(first);
        for (int i = first + 1; i <= seeded; i++) {
            double close = bars.close(i);
            gain += close > before ? close - before : 0;
            loss += close < before ? before - close : 0;
            before = close;
        }
        // Both averages times the period all along: their ratio is what is wanted.
        double keep = (period - 1.0) / period;
        for (int i = seeded + 1; i < size; i++) {
            double close = bars.close(i);
            gain = gain * keep + (close > before ? close - before : 0);
            loss = loss * keep + (close < before ? before - close : 0);
            before = close;
        }
        out[offset] = gain + loss > 0 ? 100 * gain / (gain + loss) : Double.NaN;
    }
}
