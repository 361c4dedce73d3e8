package io.tidemark.features.kernel;

import io.tidemark.features.market.MarketView;
import io.tidemark.features.market.TickerView;
import io.tidemark.schemas.event.TickerField;
import io.tidemark.schemas.registry.InputSource;
import java.util.List;
import java.util.Set;

/**
 * Basis of a perpetual: mark price / index price - 1, the last known of each; a fraction.
 *
 * <p>Undefined before the first of either. No warm-up. O(1).
 */
record Basis() implements Kernel {
    static final KernelDefinition DEFINITION =
            new KernelDefinition(
                    "basis", Set.of(InputSource.TICKER), 0, List.of(), arguments -> new Basis());

    @Override
    public double at(MarketView market) {
        TickerView ticker = market.ticker();
        return ticker.value(TickerField.MARK_PRICE) / ticker.value(TickerField.INDEX_PRICE) - 1;
    }

    @Override
    public Reach reach() {
        return Reach.NOW;
    }
}
