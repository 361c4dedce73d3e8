package io.tidemark.features.kernel;

import io.tidemark.features.market.MarketView;
import io.tidemark.features.market.PastTickerView;
import io.tidemark.schemas.registry.InputSource;
import java.util.List;
import java.util.Set;

/**
 * Change of open interest: OI(T) / OI(T - w) - 1, a fraction; OI(t) is the open interest last told
 * before t.
 *
 * <p>Undefined before the first, and when the ticker was silent for the carry before T or before T
 * - w. Warm after w. O(1).
 */
record OpenInterestChange(long windowMicros) implements Kernel {
    static final KernelDefinition DEFINITION =
            new KernelDefinition(
                    "open_interest_change",
                    Set.of(InputSource.TICKER),
                    1,
                    List.of(),
                    arguments -> new OpenInterestChange(arguments.windowMicros()));

    @Override
    public double at(MarketView market) {
        PastTickerView ticker = market.paths().pastTicker();
        double before = ticker.openInterest(windowMicros);
        return before > 0 ? ticker.openInterest(0) / before - 1 : Double.NaN;
    }

    @Override
    public Reach reach() {
        return Reach.ticker(windowMicros);
    }
}
