package io.tidemark.features.kernel;

import io.tidemark.features.market.MarketView;
import io.tidemark.schemas.event.TickerField;
import io.tidemark.schemas.registry.InputSource;
import java.util.List;
import java.util.Set;

/**
 * Premium of the mark price over the last trade: mark price / p(T) - 1, the last known mark price;
 * a fraction.
 *
 * <p>Undefined before the first mark price, and when p(T) is: none, or older than the carry. No
 * warm-up. O(1).
 */
record MarkTradePremium() implements Kernel {
    static final KernelDefinition DEFINITION =
            new KernelDefinition(
                    "mark_trade_premium",
                    Set.of(InputSource.TICKER, InputSource.TRADES),
                    0,
                    List.of(),
                    arguments -> new MarkTradePremium());

    @Override
    public double at(MarketView market) {
        return market.ticker().value(TickerField.MARK_PRICE) / market.trades().price(0) - 1;
    }

    @Override
    public Reach reach() {
        return Reach.NOW;
    }
}
