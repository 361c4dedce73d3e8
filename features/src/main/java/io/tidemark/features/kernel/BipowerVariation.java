package io.tidemark.features.kernel;

import io.tidemark.features.market.LogReturnView;
import io.tidemark.features.market.MarketView;
import io.tidemark.features.market.PanesWanted;

/**
 * Realised bipower variation: pi/2 x the sum of |r(t)| |r(t - 1 s)|, r the log returns of {@link
 * RealisedVariance}, both in the window, oldest first; per window, no unit. What jumps add to
 * realised variance they do not add here. No correction for few returns.
 *
 * <p>A pair with an undefined return is left out; undefined without a pair. Warm after w. O(w / 32
 * s).
 *
 * <p>Source: Barndorff-Nielsen, Shephard, Power and Bipower Variation with Stochastic Volatility
 * and Jumps, Journal of Financial Econometrics 2 (2004).
 */
record BipowerVariation(long windowMicros) implements Kernel {
    static final KernelDefinition DEFINITION =
            KernelDefinition.ofTrades("bipower_variation", 2_000_000L, BipowerVariation::new);

    @Override
    public double at(MarketView market) {
        LogReturnView returns = market.seconds().logReturns();
        return returns.pairs(windowMicros) == 0
                ? Double.NaN
                : Math.PI / 2 * returns.products(windowMicros);
    }

    @Override
    public Reach reach() {
        return Reach.seconds(windowMicros, PanesWanted.LOG_RETURNS);
    }
}
