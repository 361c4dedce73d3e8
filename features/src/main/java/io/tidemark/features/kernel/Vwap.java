package io.tidemark.features.kernel;

import io.tidemark.features.market.MarketView;

/**
 * Volume-weighted average price of the window: sum of price x size / sum of size, in quote
 * currency.
 *
 * <p>Undefined when nothing traded in the window. Warm after w. O(panes of w).
 */
record Vwap(long windowMicros) implements Kernel {
    static final KernelDefinition DEFINITION = KernelDefinition.ofTrades("vwap", 1, Vwap::new);

    @Override
    public double at(MarketView market) {
        double volume = market.trades().volume(windowMicros);
        return volume > 0 ? market.trades().notional(windowMicros) / volume : Double.NaN;
    }

    @Override
    public Reach reach() {
        return Reach.trades(windowMicros);
    }
}
