package io.tidemark.features.kernel;

import io.tidemark.features.market.MarketView;

/**
 * Net aggressor pressure: (B - S) / (B + S), B and S the sizes bought and sold, by the taker's
 * side, in the window; -1 to 1.
 *
 * <p>Undefined when nothing traded. Warm after w. O(panes of w).
 */
record NetAggressorPressure(long windowMicros) implements Kernel {
    static final KernelDefinition DEFINITION =
            KernelDefinition.ofTrades("net_aggressor_pressure", 1, NetAggressorPressure::new);

    @Override
    public double at(MarketView market) {
        double buys = market.trades().buyVolume(windowMicros);
        double sells = market.trades().sellVolume(windowMicros);
        return buys + sells > 0 ? (buys - sells) / (buys + sells) : Double.NaN;
    }

    @Override
    public Reach reach() {
        return Reach.trades(windowMicros);
    }
}
