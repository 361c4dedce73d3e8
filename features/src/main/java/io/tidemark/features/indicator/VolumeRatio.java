package io.tidemark.features.indicator;

import io.tidemark.features.bar.BarFunction;
import io.tidemark.features.bar.Bars;

/**
 * Volume ratio: the volume of the newest bar / the mean volume of the newest {@code period}, itself
 * included; 0 to the period.
 *
 * <p>Undefined under {@code period} bars, and where nothing traded in them. O(period).
 *
 * @param period bars, at least 1
 */
public record VolumeRatio(int period) implements BarFunction {
    @Override
    public int lookback() {
        return period;
    }

    @Override
    public void compute(Bars bars, double[] out, int offset) {
        int size = bars.size();
        if (size < period) {
            out[offset] = Double.NaN;
            return;
        }
        double sum = 0;
        for (int i = size - period; i < size; i++) {
            sum += bars.volume(i);
        }
        out[offset] = sum > 0 ? bars.volume(size - 1) * period / sum : Double.NaN;
    }
}
