package io.tidemark.features.kernel;

import io.tidemark.features.market.MarketView;
import io.tidemark.schemas.registry.InputSource;
import java.util.List;
import java.util.Set;

/**
 * Nearest-rank percentile of the relative spread (a - b)/mid at the whole seconds t in (T - w, T]:
 * the smallest of these that at least so many percent of them do not exceed; a fraction of the mid.
 *
 * <p>Seconds with an undefined book are left out; undefined when none is left. Warm after w. O(w/s
 * log w/s) for the first percentile of a window, O(1) for the others.
 *
 * <p>Source: the nearest-rank definition; Hyndman, Fan, Sample Quantiles in Statistical Packages,
 * American Statistician 50 (1996), definition 1.
 */
record SpreadPercentile(long windowMicros, int percentile) implements Kernel {
    private static final KernelParam PERCENTILE = KernelParam.integer("percentile", 1, 100);
    static final KernelDefinition DEFINITION =
            new KernelDefinition(
                    "spread_percentile",
                    Set.of(InputSource.ORDERBOOK),
                    1_000_000L,
                    List.of(PERCENTILE),
                    arguments ->
                            new SpreadPercentile(
                                    arguments.windowMicros(), arguments.integer(PERCENTILE)));

    @Override
    public double at(MarketView market) {
        return market.paths().spreads().sorted(windowMicros).percentile(percentile);
    }

    @Override
    public Reach reach() {
        return Reach.spreads(windowMicros);
    }
}
