package io.tidemark.features.indicator;

import io.tidemark.features.bar.BarFunction;
import io.tidemark.features.bar.Bars;

/**
 * Slope of the on-balance volume: the least-squares slope over the newest {@code period} bars of
 * the sum of the volumes of bars that closed higher less that of bars that closed lower; base units
 * a bar. Where the sum begins does not matter to its slope.
 *
 * <p>Undefined under period + 1 bars. O(period).
 *
 * <p>Source: Granville, New Key to Stock Market Profits (1963); TA-Lib's OBV and LINEARREG_SLOPE.
 *
 * @param period bars, at least 2
 */
public record ObvSlope(int period) implements BarFunction {
    @Override
    public int lookback() {
        return period + 1;
    }

    @Override
    public void compute(Bars bars, double[] out, int offset) {
        int size = bars.size();
        if (size <= period) {
            out[offset] = Double.NaN;
            return;
        }
        double middle = (period - 1) / 2.0;
        double balance = 0;
        double products = 0;
        for (int k = 0; k < period; k++) {
            int i = size - period + k;
            balance += Math.signum(bars.close(i) - bars.close(i - 1)) * bars.volume(i);
            products += (k - middle) * balance;
        }
        double squares = period * ((double) period * period - 1) / 12;
        out[offset] = products / squares;
    }
}
