package io.tidemark.features.indicator;

import io.tidemark.features.bar.BarFunction;
import io.tidemark.features.bar.Bars;

/**
 * Drawdown: the newest close / the highest close of the newest {@code period} bars - 1; a fraction,
 * -1 to 0.
 *
 * <p>Undefined under {@code period} bars. O(period).
 *
 * @param period bars, at least 1
 */
public record Drawdown(int period) implements BarFunction {
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
        double newest = bars.close(size - 1);
        double highest = newest;
        for (int i = size - period; i < size; i++) {
            double close = bars.close(i);
            highest = close > highest ? close : highest;
        }
        out[offset] = newest / highest - 1;
    }
}
