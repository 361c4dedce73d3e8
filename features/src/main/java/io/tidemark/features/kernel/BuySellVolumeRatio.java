package io.tidemark.features.kernel;

import io.tidemark.features.market.MarketView;

/**
 * Ratio of the sizes bought to those sold, by the taker's side, in the window; 0 or more.
 *
 * <p>Undefined when nothing was sold. Warm after w. O(panes of w).
 */
record BuySellVolumeRatio(long windowMicros) implements Kernel {
    static final KernelDefinition DEFINITION =
            KernelDefinition.ofTrades("buy_sell_volume_ratio", 1, BuySellVolumeRatio::new);

    @Override
    public double at(MarketView market) {
        double sells = market.trades().sellVolume(windowMicros);
        return sells > 0 ? market.trades().buyVolume(windowMicros) / sells : Double.NaN;
    }

    @Override
    public Reach reach() {
        return Reach.trades(windowMicros);
    }
}
