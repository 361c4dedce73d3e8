package io.tidemark.features.kernel;

import io.tidemark.features.market.MarketView;
import io.tidemark.schemas.event.EventHeader;
import java.util.List;

/**
 * Seconds from T to the next funding payment, as last announced; 0 once past.
 *
 * <p>Undefined before the first announcement. From event time, never the wall clock. O(1).
 */
record TimeToFunding() implements Kernel {
    static final KernelDefinition DEFINITION =
            new KernelDefinition(
                    "time_to_funding",
                    FundingRate.SOURCES,
                    0,
                    List.of(),
                    arguments -> new TimeToFunding());

    @Override
    public double at(MarketView market) {
        long next = market.ticker().nextFundingTimeMicros();
        if (next == EventHeader.UNKNOWN_TIME) {
            return Double.NaN;
        }
        return next <= market.timeMicros() ? 0 : (next - market.timeMicros()) / 1e6;
    }

    @Override
    public Reach reach() {
        return Reach.NOW;
    }
}
