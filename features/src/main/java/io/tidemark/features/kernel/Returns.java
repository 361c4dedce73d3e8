package io.tidemark.features.kernel;

import io.tidemark.features.market.MarketView;

/**
 * Simple return: p(T) / p(T - w) - 1, a fraction; p(t) is the last price before t.
 *
 * <p>Undefined when one of the prices is: none, or older than the carry. Warm after w. O(1).
 */
record Returns(long windowMicros) implements Kernel {
    static final KernelDefinition DEFINITION =
            KernelDefinition.ofTrades("returns", 1, Returns::new);

    @Override
    public double at(MarketView market) {
        return market.trades().price(0) / market.trades().price(windowMicros) - 1;
    }

    @Override
    public Reach reach() {
        return Reach.trades(windowMicros);
    }
}
