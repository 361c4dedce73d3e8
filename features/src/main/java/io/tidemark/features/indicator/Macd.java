package io.tidemark.features.indicator;

import io.tidemark.features.bar.BarFunction;
import io.tidemark.features.bar.Bars;
import java.util.Arrays;

/**
 * Moving average convergence divergence, in quote currency: the line, EMA(fast) - EMA(slow) of the
 * close; the signal, the EMA of the line; the histogram, line - signal. The averages are seeded as
 * {@link Ema}'s, the signal with the first line.
 *
 * <p>Undefined under slow + signal - 1 bars. The slow seed's weight at 26 over 300 bars is 9·10⁻¹¹
 * of the price. O(lookback).
 *
 * <p>Source: Appel, Technical Analysis: Power Tools for Active Investors (2005), ch. 8; TA-Lib's
 * MACD, which seeds otherwise, agrees after warm-up.
 *
 * @param fast bars of the fast average
 * @param slow bars of the slow average, more than the fast
 * @param signal bars of the signal
 * @param lookback bars it runs over, at least slow + signal - 1
 */
public record Macd(int fast, int slow, int signal, int lookback) implements BarFunction {
    /** EMA(fast) - EMA(slow). */
    public static final int LINE = 0;

    /** EMA of the line. */
    public static final int SIGNAL = 1;

    /** Line - signal. */
    public static final int HISTOGRAM = 2;

    /** Checks the periods and the lookback. */
    public Macd {
        if (fast >= slow) {
            throw new IllegalArgumentException(
                    "wanted fast below slow, got %d and %d".formatted(fast, slow));
        }
        BarRange.requireWarmUp(lookback, slow + signal - 1);
    }

    @Override
    public int outputs() {
        return 3;
    }

    @Override
    public void compute(Bars bars, double[] out, int offset) {
        int size = bars.size();
        if (size < slow + signal - 1) {
            Arrays.fill(out, offset, offset + 3, Double.NaN);
            return;
        }
        double fastWeight = 2.0 / (fast + 1);
        double slowWeight = 2.0 / (slow + 1);
        double signalWeight = 2.0 / (signal + 1);
        int first = BarRange.first(bars, lookback);
        double fastAverage = bars.close(first);
        double slowAverage = fastAverage;
        double line = 0;
        double signalAverage = 0;
        for (int i = first + 1; i < size; i++) {
            double close = bars.close(i);
            fastAverage = close * fastWeight + fastAverage * (1 - fastWeight);
            slowAverage = close * slowWeight + slowAverage * (1 - slowWeight);
            line = fastAverage - slowAverage;
            signalAverage = line * signalWeight + signalAverage * (1 - signalWeight);
        }
        out[offset + LINE] = line;
        out[offset + SIGNAL] = signalAverage;
        out[offset + HISTOGRAM] = line - signalAverage;
    }
}
