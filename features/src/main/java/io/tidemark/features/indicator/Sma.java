package io.tidemark.features.indicator;

import io.tidemark.features.bar.BarFunction;
import io.tidemark.features.bar.Bars;

/**
 * Simple moving average: the mean of the newest {@code period} closes, in quote currency; of those
 * there are when there are fewer.
 *
 * <p>Undefined without a bar. O(period).
 *
 * @param period bars, at least 1
 */
public record Sma(int period) implements BarFunction {
    @Override
    public int lookback() {
        return period;
    }

    @Override
    public void compute(Bars bars, double[] out, int offset) {
        out[offset] = Closes.mean(bars, Math.min(period, bars.size()));
    }
}
