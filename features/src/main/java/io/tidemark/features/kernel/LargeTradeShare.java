package io.tidemark.features.kernel;

import io.tidemark.features.market.MarketView;
import io.tidemark.features.market.PanesWanted;
import io.tidemark.schemas.registry.InputSource;
import java.util.List;
import java.util.Set;

/**
 * Large-trade share: notional (price x size) of the window's trades of at least {@code
 * min_notional} quote currency, by the notional of all; 0 to 1. A trade is large by a fixed bar,
 * not by its rank in the window.
 *
 * <p>Undefined when nothing traded. Warm after w. O(panes of w).
 */
record LargeTradeShare(long windowMicros, int minNotional) implements Kernel {
    private static final KernelParam MIN_NOTIONAL =
            KernelParam.integer("min_notional", 1, 999_999_999);
    static final KernelDefinition DEFINITION =
            new KernelDefinition(
                    "large_trade_share",
                    Set.of(InputSource.TRADES),
                    1,
                    List.of(MIN_NOTIONAL),
                    arguments ->
                            new LargeTradeShare(
                                    arguments.windowMicros(), arguments.integer(MIN_NOTIONAL)));

    @Override
    public double at(MarketView market) {
        double notional = market.trades().notional(windowMicros);
        return notional > 0
                ? market.paths().largeTrades().notional(windowMicros, minNotional) / notional
                : Double.NaN;
    }

    @Override
    public Reach reach() {
        return Reach.trades(windowMicros, PanesWanted.largeTrades(windowMicros, minNotional));
    }
}
