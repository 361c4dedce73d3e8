package io.tidemark.features.indicator;

import io.tidemark.features.bar.BarFunction;
import io.tidemark.features.bar.Bars;
import java.util.Arrays;

/**
 * Exponential moving average of the close, in quote currency, and the close / it - 1, a fraction:
 * {@code e = close·w + e·(1 - w)}, w = 2 / (period + 1), seeded with the first close of the
 * lookback.
 *
 * <p>Undefined under {@code period} bars. The seed's weight after n bars is (1 - 2/(period+1))^n:
 * at 21 over 250 bars 4·10⁻¹¹. O(lookback).
 *
 * <p>Source: Murphy, Technical Analysis of the Financial Markets (1999), ch. 9; TA-Lib's EMA, which
 * seeds with the mean of the first period, agrees after warm-up.
 *
 * @param period bars, at least 1
 * @param lookback bars it runs over, at least the period
 */
public record Ema(int period, int lookback) implements BarFunction {
    /** The average. */
    public static final int VALUE = 0;

    /** Close / average - 1. */
    public static final int PRICE_RATIO = 1;

    /** Checks the lookback. */
    public Ema {
        BarRange.requireWarmUp(lookback, period);
    }

    @Override
    public int outputs() {
        return 2;
    }

    @Override
    public void compute(Bars bars, double[] out, int offset) {
        int size = bars.size();
        if (size < period) {
            Arrays.fill(out, offset, offset + 2, Double.NaN);
            return;
        }
        double weight = 2.0 / (period + 1);
        double keep = 1 - weight;
        int first = BarRange.first(bars, lookback);
        double ema = bars.close(first);
        for (int i = first + 1; i < size; i++) {
            ema = bars.close(i) * weight + ema * keep;
        }
        out[offset + VALUE] = ema;
        out[offset + PRICE_RATIO] = bars.close(size - 1) / ema - 1;
    }
}
