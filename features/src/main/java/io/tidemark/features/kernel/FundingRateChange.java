package io.tidemark.features.kernel;

import io.tidemark.features.market.MarketView;
import io.tidemark.features.market.PastTickerView;
import io.tidemark.schemas.registry.InputSource;
import java.util.List;
import java.util.Set;

/**
 * Change of the predicted funding rate: rate(T) - rate(T - w), a fraction a funding interval;
 * rate(t) is the rate of the next payment as the ticker last told before t.
 *
 * <p>Undefined when the two are of different payments, before the first, and when the ticker was
 * silent for the carry before T or before T - w. Warm after w. O(1).
 */
record FundingRateChange(long windowMicros) implements Kernel {
    static final KernelDefinition DEFINITION =
            new KernelDefinition(
                    "funding_rate_change",
                    Set.of(InputSource.TICKER),
                    1,
                    List.of(),
                    arguments -> new FundingRateChange(arguments.windowMicros()));

    @Override
    public double at(MarketView market) {
        PastTickerView ticker = market.paths().pastTicker();
        return ticker.nextFundingTimeMicros(0) == ticker.nextFundingTimeMicros(windowMicros)
                ? ticker.fundingRate(0) - ticker.fundingRate(windowMicros)
                : Double.NaN;
    }

    @Override
    public Reach reach() {
        return Reach.ticker(windowMicros);
    }
}
