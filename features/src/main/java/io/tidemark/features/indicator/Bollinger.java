package io.tidemark.features.indicator;

import io.tidemark.features.bar.BarFunction;
import io.tidemark.features.bar.Bars;
import java.util.Arrays;

/**
 * Bollinger bands, mean ± k population standard deviations of the close: %b, (close - lower) /
 * (upper - lower), 0 at the lower band and 1 at the upper; the width, (upper - lower) / mean, a
 * fraction.
 *
 * <p>Undefined under {@code period} bars; %b also where all closes are the same. O(period), two
 * passes.
 *
 * <p>Source: Bollinger, Bollinger on Bollinger Bands (2001), ch. 8; TA-Lib's BBANDS.
 *
 * @param period bars, at least 2
 * @param deviations k
 */
public record Bollinger(int period, int deviations) implements BarFunction {
    /** Where the close lies between the bands. */
    public static final int PERCENT_B = 0;

    /** The distance of the bands as a fraction of the mean. */
    public static final int WIDTH = 1;

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
        double mean = Closes.mean(bars, period);
        double band = deviations * Math.sqrt(Closes.squares(bars, period, mean) / period);
        double close = bars.close(size - 1);
        out[offset + PERCENT_B] = band > 0 ? (close - (mean - band)) / (2 * band) : Double.NaN;
        out[offset + WIDTH] = 2 * band / mean;
    }
}
