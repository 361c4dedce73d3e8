package io.tidemark.features.indicator;

import io.tidemark.features.bar.BarFunction;
import io.tidemark.features.bar.Bars;
import java.util.Arrays;

/**
 * Slow stochastic oscillator: %K, the mean of the newest {@code smoothing} raw values 100·(close -
 * lowest low) / (highest high - lowest low), each over {@code period} bars; %D, the mean of the
 * newest {@code signal} %K; each 0 to 100.
 *
 * <p>Undefined under period + smoothing + signal - 2 bars, and where a raw value is, the bars
 * having no range. O(period·(smoothing + signal)).
 *
 * <p>Source: Murphy, Technical Analysis of the Financial Markets (1999), ch. 10; TA-Lib's STOCH.
 *
 * @param period bars of a raw value
 * @param smoothing raw values in %K
 * @param signal %K in %D
 */
public record Stochastic(int period, int smoothing, int signal) implements BarFunction {
    /** %K. */
    public static final int K = 0;

    /** %D. */
    public static final int D = 1;

    @Override
    public int lookback() {
        return period + smoothing + signal - 2;
    }

    @Override
    public int outputs() {
        return 2;
    }

    @Override
    public void compute(Bars bars, double[] out, int offset) {
        int last = bars.size() - 1;
        if (bars.size() < lookback()) {
            Arrays.fill(out, offset, offset + 2, Double.NaN);
            return;
        }
        // The raw value of j bars ago is in min(j + 1, ...) of the %K that %D averages.
        double k = 0;
        double d = 0;
        for (int ago = smoothing + signal - 2; ago >= 0; ago--) {
            double raw = raw(bars, last - ago);
            int oldest = Math.min(ago, signal - 1);
            int newest = Math.max(0, ago - smoothing + 1);
            d += raw * (oldest - newest + 1);
            k += ago < smoothing ? raw : 0;
        }
        out[offset + K] = k / smoothing;
        out[offset + D] = d / (smoothing * signal);
    }

    private double raw(Bars bars, int last) {
        double highest = bars.high(last);
        double lowest = bars.low(last);
        for (int i = last - period + 1; i < last; i++) {
            double high = bars.high(i);
            double low = bars.low(i);
            highest = high > highest ? high : highest;
            lowest = low < lowest ? low : lowest;
        }
        double range = highest - lowest;
        return range > 0 ? 100 * (bars.close(last) - lowest) / range : Double.NaN;
    }
}
