package io.tidemark.features.kernel;

import io.tidemark.features.market.MarketView;
import io.tidemark.features.market.SeriesView;

/**
 * Another feature's earlier value: {@code lag} is x(T - w), {@code delta} is x(T) - x(T - w), x(t)
 * its value at its newest grid time at or before t; w is a multiple of its cadence. Unit of that
 * feature.
 *
 * <p>Undefined when one of the values is. Warm after w. O(1).
 */
record Earlier(boolean difference, int feature, int steps, long windowMicros) implements Kernel {
    static final KernelDefinition LAG =
            KernelDefinition.ofSeries("lag", (x, steps, w) -> new Earlier(false, x, steps, w));
    static final KernelDefinition DELTA =
            KernelDefinition.ofSeries("delta", (x, steps, w) -> new Earlier(true, x, steps, w));

    @Override
    public double at(MarketView market) {
        SeriesView values = market.series(feature);
        double earlier = values.value(steps);
        return difference ? values.value(0) - earlier : earlier;
    }

    @Override
    public Reach reach() {
        return Reach.series(windowMicros);
    }
}
