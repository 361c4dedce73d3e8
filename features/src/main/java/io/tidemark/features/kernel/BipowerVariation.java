package io.tidemark.features.kernel;

import io.tidemark.features.market.MarketView;
import io.tidemark.features.market.PanesWanted;
import io.tidemark.features.market.SecondView;

/**
 * Realised bipower variation: pi/2 x the sum of |r(t)| |r(t - 1 s)|, r the log returns of {@link
 * RealisedVariance}, both in the window, oldest first; per window, no unit. What jumps add to
 * realised variance they do not add here. No correction for few returns.
 *
 * <p>A pair with an undefined return is left out; undefined without a pair. Warm after w. O(w / 1
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
        SecondView seconds = market.seconds();
        int pairs = 0;
        double sum = 0;
        double before = Double.NaN;
        for (int back = seconds.count(windowMicros) - 1; back >= 0; back--) {
            double size = Math.abs(seconds.logReturn(back));
            double product = before * size;
            if (!Double.isNaN(product)) {
                sum += product;
                pairs++;
            }
            before = size;
        }
        return pairs == 0 ? Double.NaN : Math.PI / 2 * sum;
    }

    @Override
    public Reach reach() {
        return Reach.seconds(windowMicros, PanesWanted.LOG_RETURNS);
    }
}
