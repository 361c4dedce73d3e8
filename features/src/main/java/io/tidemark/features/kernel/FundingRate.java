package io.tidemark.features.kernel;

import io.tidemark.features.market.MarketView;
import io.tidemark.schemas.event.TickerField;
import io.tidemark.schemas.registry.InputSource;
import java.util.List;
import java.util.Set;

/**
 * Funding rate: the last one known, from a ticker or a funding message; a fraction a funding
 * interval.
 *
 * <p>Undefined before the first. No warm-up. O(1).
 */
record FundingRate() implements Kernel {
    static final Set<InputSource> SOURCES = Set.of(InputSource.TICKER, InputSource.FUNDING);
    static final KernelDefinition DEFINITION =
            new KernelDefinition(
                    "funding_rate", SOURCES, 0, List.of(), arguments -> new FundingRate());

    @Override
    public double at(MarketView market) {
        return market.ticker().value(TickerField.FUNDING_RATE);
    }

    @Override
    public Reach reach() {
        return Reach.NOW;
    }
}
