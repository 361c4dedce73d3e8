package io.tidemark.features.kernel;

import io.tidemark.features.market.MarketView;
import io.tidemark.features.market.TradeView;

/**
 * Signed volume: sum of the sizes bought less sum of those sold, by the taker's side, in base
 * units. A true 0 when the feed is live and nothing traded.
 *
 * <p>Undefined when the trade feed is not live. Warm after w. O(panes of w).
 */
record SignedVolume(long windowMicros) implements Kernel {
    static final KernelDefinition DEFINITION =
            KernelDefinition.ofTrades("signed_volume", 1, SignedVolume::new);

    @Override
    public double at(MarketView market) {
        TradeView trades = market.trades();
        return trades.live()
                ? trades.buyVolume(windowMicros) - trades.sellVolume(windowMicros)
                : Double.NaN;
    }

    @Override
    public Reach reach() {
        return Reach.trades(windowMicros);
    }
}
