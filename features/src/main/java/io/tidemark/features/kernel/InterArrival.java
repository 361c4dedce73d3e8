package io.tidemark.features.kernel;

import io.tidemark.features.market.GapView;
import io.tidemark.features.market.MarketView;
import io.tidemark.features.market.PanesWanted;

/**
 * Time between neighbouring trades of the window: the mean, in seconds, or the coefficient of
 * variation, population standard deviation / mean, 0 for a clock and 1 for a Poisson process.
 *
 * <p>The mean is undefined under 2 trades; the variation under 3, and when all came at once. Warm
 * after w. O(panes of w). Gaps are whole microseconds; their squares are exact to 95 s of window,
 * beyond that to the last bit of a double.
 *
 * <p>Source: Engle, Russell, Autoregressive Conditional Duration, Econometrica 66 (1998).
 */
record InterArrival(long windowMicros, boolean variation) implements Kernel {
    static final KernelDefinition MEAN =
            KernelDefinition.ofTrades(
                    "inter_arrival_mean", 1, window -> new InterArrival(window, false));
    static final KernelDefinition VARIATION =
            KernelDefinition.ofTrades(
                    "inter_arrival_cv", 1, window -> new InterArrival(window, true));

    @Override
    public double at(MarketView market) {
        GapView gaps = market.paths().gaps();
        long count = gaps.count(windowMicros);
        double sum = gaps.sumMicros(windowMicros);
        if (!variation) {
            return count < 1 ? Double.NaN : sum / count / 1e6;
        }
        if (count < 2 || sum == 0) {
            return Double.NaN;
        }
        double mean = sum / count;
        double variance = (gaps.squares(windowMicros) - sum * mean) / count;
        return Math.sqrt(Math.max(0, variance)) / mean;
    }

    @Override
    public Reach reach() {
        return Reach.trades(windowMicros, PanesWanted.gaps(windowMicros));
    }
}
