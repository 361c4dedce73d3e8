package io.tidemark.features.kernel;

import io.tidemark.features.market.LogReturnView;
import io.tidemark.features.market.MarketView;
import io.tidemark.features.market.PanesWanted;

/**
 * Realised variance: sum of r^2, r the log returns ln(p(t)/p(t - 1 s)) at the whole seconds t in (T
 * - w, T], oldest first; per window, no unit.
 *
 * <p>Returns with an undefined price are left out; undefined under 2 returns. Warm after w. O(w /
 * 32 s).
 *
 * <p>Source: Andersen, Bollerslev, Diebold, Labys, Modeling and Forecasting Realized Volatility,
 * Econometrica 71 (2003).
 */
record RealisedVariance(long windowMicros) implements Kernel {
    static final KernelDefinition DEFINITION =
            KernelDefinition.ofTrades("realised_variance", 2_000_000L, RealisedVariance::new);

    @Override
    public double at(MarketView market) {
        LogReturnView returns = market.seconds().logReturns();
        return returns.count(windowMicros) < 2 ? Double.NaN : returns.squares(windowMicros);
    }

    @Override
    public Reach reach() {
        return Reach.seconds(windowMicros, PanesWanted.LOG_RETURNS);
    }
}
