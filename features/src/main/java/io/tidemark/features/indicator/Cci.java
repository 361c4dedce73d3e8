package io.tidemark.features.indicator;

import io.tidemark.features.bar.BarFunction;
import io.tidemark.features.bar.Bars;

/**
 * Commodity channel index: (typical price - its mean) / (0.015 · its mean absolute deviation) over
 * {@code period} bars; no unit, mostly -100 to 100.
 *
 * <p>Undefined under {@code period} bars, and where all typical prices are the same. O(period), two
 * passes.
 *
 * <p>Source: Lambert, Commodities, October 1980; TA-Lib's CCI.
 *
 * @param period bars, at least 2
 */
public record Cci(int period) implements BarFunction {
    private static final double SCALE = 0.015;

    @Override
    public int lookback() {
        return period;
    }

    @Override
    public void compute(Bars bars, double[] out, int offset) {
        int size = bars.size();
        if (size < period) {
            out[offset] = Double.NaN;
            return;
        }
        double sum = 0;
        for (int i = size - period; i < size; i++) {
            sum += threeTypical(bars, i);
        }
        double mean = sum / period;
        double newest = threeTypical(bars, size - 1);
        boolean same = true;
        double deviations = 0;
        for (int i = size - period; i < size; i++) {
            double typical = threeTypical(bars, i);
            same &= typical == newest;
            deviations += Math.abs(typical - mean);
        }
        out[offset] = same ? Double.NaN : (newest - mean) / (SCALE * deviations / period);
    }

    /** Three times the typical price: the index is the same, without a division a bar. */
    private static double threeTypical(Bars bars, int i) {
        return bars.high(i) + bars.low(i) + bars.close(i);
    }
}
