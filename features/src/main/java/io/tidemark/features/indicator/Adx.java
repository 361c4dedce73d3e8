package io.tidemark.features.indicator;

import io.tidemark.features.bar.BarFunction;
import io.tidemark.features.bar.Bars;
import java.util.Arrays;

/**
 * Average directional index with its two directional indicators; each 0 to 100. +DI and -DI are 100
 * times Wilder's sums of the directional movements up and down over that of the true range; DX is
 * 100·|+DI - -DI| / (+DI + -DI); ADX Wilder's average of DX, begun as the mean of the first {@code
 * period}.
 *
 * <p>Undefined under 2·period bars, and where the true range or all movement is 0; a DX without
 * movement leaves the average as it is, as TA-Lib does. Smoothed twice, the seed fades as n·(1 -
 * 1/period)^n: at 14 over 400 bars 10⁻¹¹. O(lookback), a division a bar.
 *
 * <p>Source: Wilder, New Concepts in Technical Trading Systems (1978), section IV; TA-Lib's ADX,
 * PLUS_DI and MINUS_DI.
 *
 * @param period bars, at least 2
 * @param lookback bars it runs over, at least 2·period
 */
public record Adx(int period, int lookback) implements BarFunction {
    /** The average directional index. */
    public static final int VALUE = 0;

    /** +DI. */
    public static final int PLUS_DI = 1;

    /** -DI. */
    public static final int MINUS_DI = 2;

    /** Checks the lookback. */
    public Adx {
        BarRange.requireWarmUp(lookback, 2 * period);
    }

    @Override
    public int outputs() {
        return 3;
    }

    @Override
    public void compute(Bars bars, double[] out, int offset) {
        int size = bars.size();
        if (size < 2 * period) {
            Arrays.fill(out, offset, offset + 3, Double.NaN);
            return;
        }
        double keep = (period - 1.0) / period;
        int first = BarRange.first(bars, lookback);
        double plus = 0;
        double minus = 0;
        double range = 0;
        double strength = 0;
        int strengths = 0;
        for (int i = first + 1; i < size; i++) {
            boolean seeding = i - first < period;
            double fade = seeding ? 1 : keep;
            double up = bars.high(i) - bars.high(i - 1);
            double down = bars.low(i - 1) - bars.low(i);
            plus = plus * fade + (up > down && up > 0 ? up : 0);
            minus = minus * fade + (down > up && down > 0 ? down : 0);
            range = range * fade + TrueRange.of(bars, i);
            double moved = plus + minus;
            if (!seeding && moved > 0) {
                double index = Math.abs(plus - minus) / moved;
                // A sum while it is begun, the average times the period afterwards.
                strength = (strengths < period ? strength : strength * keep) + index;
                strengths++;
            }
        }
        out[offset + VALUE] = strengths < period ? Double.NaN : 100 * strength / period;
        out[offset + PLUS_DI] = range > 0 ? 100 * plus / range : Double.NaN;
        out[offset + MINUS_DI] = range > 0 ? 100 * minus / range : Double.NaN;
    }
}
