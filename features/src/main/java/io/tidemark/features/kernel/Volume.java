package io.tidemark.features.kernel;

import io.tidemark.features.market.MarketView;
import io.tidemark.features.market.TradeView;

/**
 * Volume: sum of the sizes of the window, in base units. A true 0 when the feed is live and nothing
 * traded.
 *
 * <p>Undefined when the trade feed is not live. Warm after w. O(panes of w).
 */
record Volume(long windowMicros) implements Kernel {
    static final KernelDefinition DEFINITION = KernelDefinition.ofTrades("volume", 1, Volume::new);

    @Override
    public double at(MarketView market) {
        TradeView trades = market.trades();
        return trades.live() ? trades.volume(windowMicros) : Double.NaN;
    }

    @Override
    public Reach reach() {
        return Reach.trades(windowMicros);
    }
}
