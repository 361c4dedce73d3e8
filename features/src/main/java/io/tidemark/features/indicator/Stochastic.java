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
 * having no range. O(period·(smoothing + signal)) at worst.
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
        // A raw value is in as many of the %K that %D averages as its distance from the ends
        // allows.
        double k = 0;
        double d = 0;
        int highest = -1;
        int lowest = -1;
        for (int ago = smoothing + signal - 2; ago >= 0; ago--) {
            int newest = last - ago;
            highest = highest(bars, newest, highest);
            lowest = lowest(bars, newest, lowest);
            double range = bars.high(highest) - bars.low(lowest);
            double raw =
                    range > 0 ? 100 * (bars.close(newest) - bars.low(lowest)) / range : Double.NaN;
            d += raw * (Math.min(ago, signal - 1) - Math.max(0, ago - smoothing + 1) + 1);
            k += ago < smoothing ? raw : 0;
        }
        out[offset + K] = k / smoothing;
        out[offset + D] = d / (smoothing * signal);
    }

    /** The highest of the period up to the newest, knowing that of the period before. */
    private int highest(Bars bars, int newest, int before) {
        int first = newest - period + 1;
        int highest = Math.max(first, before);
        for (int i = before < first ? first + 1 : newest; i <= newest; i++) {
            highest = bars.high(i) >= bars.high(highest) ? i : highest;
        }
        return highest;
    }

    /** The lowest, likewise. */
    private int lowest(Bars bars, int newest, int before) {
        int first = newest - period + 1;
        int lowest = Math.max(first, before);
        for (int i = before < first ? first + 1 : newest; i <= newest; i++) {
            lowest = bars.low(i) <= bars.low(lowest) ? i : lowest;
        }
        return lowest;
    }
}
