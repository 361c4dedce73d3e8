package io.tidemark.features.kernel;

import io.tidemark.features.market.MarketView;
import io.tidemark.features.market.PanesWanted;
import io.tidemark.features.market.SignView;

/**
 * Autocorrelation of trade signs at lag 1: sum of (s(i) - m)(s(i-1) - m) over the window's
 * neighbours, by the sum of (s(i) - m)^2 over its trades; s is +1 where the taker bought, -1 where
 * the taker sold, m their mean; -1 to 1. From whole numbers, so nothing cancels.
 *
 * <p>Undefined under 2 trades and when all have one sign. Warm after w. O(1) in a busy market.
 *
 * <p>Source: Bouchaud, Gefen, Potters, Wyart, Fluctuations and Response in Financial Markets,
 * Quantitative Finance 4 (2004); the estimator is the usual one of time series.
 */
record TradeSignAutocorrelation(long windowMicros) implements Kernel {
    static final KernelDefinition DEFINITION =
            KernelDefinition.ofTrades(
                    "trade_sign_autocorrelation", 1, TradeSignAutocorrelation::new);

    @Override
    public double at(MarketView market) {
        SignView signs = market.paths().signs();
        double n = signs.count(windowMicros);
        double sum = signs.sum(windowMicros);
        if (n < 2 || Math.abs(sum) == n) {
            return Double.NaN;
        }
        double neighbours = 2 * sum - signs.first(windowMicros) - signs.last(windowMicros);
        // Both sums times n^2: whole numbers.
        double over =
                n * n * signs.products(windowMicros) - n * sum * neighbours + (n - 1) * sum * sum;
        return over / (n * (n * n - sum * sum));
    }

    @Override
    public Reach reach() {
        return Reach.trades(windowMicros, PanesWanted.signs(windowMicros));
    }
}
