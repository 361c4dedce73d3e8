package io.tidemark.features.kernel;

import io.tidemark.features.market.MarketView;
import io.tidemark.features.market.TradeView;

/**
 * Number of trades in the window. A true 0 when the feed is live and nothing traded.
 *
 * <p>Undefined when the trade feed is not live. Warm after w. O(panes of w).
 */
record TradeCount(long windowMicros) implements Kernel {
    static final KernelDefinition DEFINITION =
            KernelDefinition.ofTrades("trade_count", 1, TradeCount::new);

    @Override
    public double at(MarketView market) {
        TradeView trades = market.trades();
        return trades.live() ? (double) trades.count(windowMicros) : Double.NaN;
    }

    @Override
    public Reach reach() {
        return Reach.trades(windowMicros);
    }
}
