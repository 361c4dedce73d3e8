package io.tidemark.features.indicator;

import io.tidemark.features.bar.BarFunction;
import io.tidemark.features.bar.Bars;

/**
 * Money flow index: 100·P / (P + N), P and N the sums over {@code period} bars of typical price,
 * (high + low + close) / 3, times volume, of bars whose typical price rose and fell; 0 to 100.
 *
 * <p>Undefined under period + 1 bars, and where P + N is 0. O(period).
 *
 * <p>Source: Quong and Soudack, Stocks & Commodities 7:3 (1989); TA-Lib's MFI.
 *
 * @param period bars, at least 1
 */
public record Mfi(int period) implements BarFunction {
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
        double up = 0;
        double down = 0;
        double before = typical(bars, size - period - 1);
        for (int i = size - period; i < size; i++) {
            double typical = typical(bars, i);
            double flow = typical * bars.volume(i);
            up += typical > before ? flow : 0;
            down += typical < before ? flow : 0;
            before = typical;
        }
        out[offset] = up + down > 0 ? 100 * up / (up + down) : Double.NaN;
    }

    private static double typical(Bars bars, int i) {
        return (bars.high(i) + bars.low(i) + bars.close(i)) / 3;
    }
}
