package io.tidemark.features.indicator;

import io.tidemark.features.bar.BarFunction;
import io.tidemark.features.bar.Bars;
import java.util.Arrays;

/**
 * Volatility from the ranges of bars, a fraction a bar, 0 or more: Parkinson's, the root of the
 * mean of ln(high/low)² / (4 ln 2), and Garman and Klass's, the root of the mean of ln(high/low)² /
 * 2 - (2 ln 2 - 1)·ln(close/open)².
 *
 * <p>Undefined under {@code period} bars; Garman-Klass also where the mean is below 0, which prices
 * within their range do not give. O(period), two logarithms a bar.
 *
 * <p>Source: Parkinson, Journal of Business 53:1 (1980); Garman and Klass, Journal of Business 53:1
 * (1980).
 *
 * @param period bars, at least 1
 */
public record RangeVolatility(int period) implements BarFunction {
    /** Parkinson's estimate. */
    public static final int PARKINSON = 0;

    /** Garman and Klass's estimate. */
    public static final int GARMAN_KLASS = 1;

    private static final double LN_2 = Math.log(2);

    @Override
    public int lookback() {
        return period;
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
        double ranges = 0;
        double bodies = 0;
        for (int i = size - period; i < size; i++) {
            double range = Math.log(bars.high(i) / bars.low(i));
            double body = Math.log(bars.close(i) / bars.open(i));
            ranges += range * range;
            bodies += body * body;
        }
        out[offset + PARKINSON] = Math.sqrt(ranges / (4 * LN_2 * period));
        out[offset + GARMAN_KLASS] = Math.sqrt((ranges / 2 - (2 * LN_2 - 1) * bodies) / period);
    }
}
