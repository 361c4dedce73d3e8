package io.tidemark.features.indicator;

import io.tidemark.features.bar.BarFunction;
import io.tidemark.features.bar.Bars;

/**
 * Whether the newest bar is missing: 1 when nothing traded in it and it stands at the close before,
 * else 0.
 *
 * <p>Undefined when the bar is. O(1).
 */
public record MissingBar() implements BarFunction {
    @Override
    public int lookback() {
        return 1;
    }

    @Override
    public void compute(Bars bars, double[] out, int offset) {
        out[offset] = bars.traded(bars.size() - 1) ? 0 : 1;
    }
}
