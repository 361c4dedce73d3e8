package io.tidemark.features.kernel;

import io.tidemark.features.market.MarketView;

/**
 * Log return: ln(p(T) / p(T - w)), no unit; p(t) is the last price before t.
 *
 * <p>Undefined when one of the prices is: none, or older than the carry. Warm after w. O(1).
 * StrictMath, because the bits must not depend on the machine.
 */
record LogReturns(long windowMicros) implements Kernel {
    static final KernelDefinition DEFINITION =
            KernelDefinition.ofTrades("log_returns", 1, LogReturns::new);

    @Override
    public double at(MarketView market) {
        double before = market.trades().price(windowMicros);
        return StrictMath.log1p((market.trades().price(0) - before) / before);
    }

    @Override
    public Reach reach() {
        return Reach.trades(windowMicros);
    }
}
