package io.tidemark.features.indicator;

import io.tidemark.features.bar.BarFunction;
import io.tidemark.features.bar.Bars;

/**
 * Z-score: (close - mean) / sample standard deviation of the newest {@code period} closes, no unit;
 * of those there are when there are fewer.
 *
 * <p>0 where all closes are the same, a single one included: the newest is then the mean. Undefined
 * without a bar. O(period), two passes.
 *
 * @param period bars, at least 2
 */
public record ZScore(int period) implements BarFunction {
    @Override
    public int lookback() {
        return period;
    }

    @Override
    public void compute(Bars bars, double[] out, int offset) {
        int size = bars.size();
        int n = Math.min(period, size);
        double mean = Closes.mean(bars, n);
        double squares = Closes.squares(bars, n, mean);
        out[offset] =
                squares > 0 ? (bars.close(size - 1) - mean) / Math.sqrt(squares / (n - 1)) : 0;
    }
}
