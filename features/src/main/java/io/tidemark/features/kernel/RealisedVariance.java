package io.tidemark.features.kernel;

import io.tidemark.features.market.MarketView;
import io.tidemark.features.market.PanesWanted;
import io.tidemark.features.market.SecondView;

/**
 * Realised variance: sum of r^2, r the log returns ln(p(t)/p(t - 1 s)) at the whole seconds t in (T
 * - w, T], oldest first; per window, no unit.
 *
 * <p>Returns with an undefined price are left out; undefined under 2 returns. Warm after w. O(w / 1
 * s).
 *
 * <p>Source: Andersen, Bollerslev, Diebold, Labys, Modeling and Forecasting Realized Volatility,
 * Econometrica 71 (2003).
 */
record RealisedVariance(long windowMicros) implements Kernel {
    static final KernelDefinition DEFINITION =
            KernelDefinition.ofTrades("realised_variance", 2_000_000L, RealisedVariance::new);

    @Override
    public double at(MarketView market) {
        SecondView seconds = market.seconds();
        int defined = 0;
        double sum = 0;
        for (int back = seconds.count(windowMicros) - 1; back >= 0; back--) {
            double value = seconds.logReturn(back);
            if (!Double.isNaN(value)) {
                sum += value * value;
                defined++;
            }
        }
        return defined < 2 ? Double.NaN : sum;
    }

    @Override
    public Reach reach() {
        return Reach.seconds(windowMicros, PanesWanted.LOG_RETURNS);
    }
}
