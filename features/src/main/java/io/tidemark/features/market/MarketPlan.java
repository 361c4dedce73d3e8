package io.tidemark.features.market;

import io.tidemark.features.bar.BarPlans;
import java.util.List;

/**
 * What a market must keep for a set of features.
 *
 * @param cadenceMicros time between grid times
 * @param lookbackMicros how far before T an event may matter to any feature, the carry included
 * @param carryMicros how old the last price may be and still count
 * @param trades one cut of the trades for each different pane; never empty. Coarse features have
 *     one of their own, so that a window of hours costs no panes of milliseconds
 * @param bars what is computed on bars
 */
public record MarketPlan(
        long cadenceMicros,
        long lookbackMicros,
        long carryMicros,
        List<PaneGeometry> trades,
        BarPlans bars) {

    /** Keeps the list as it is now. */
    public MarketPlan {
        trades = List.copyOf(trades);
        if (trades.isEmpty()) {
            throw new IllegalArgumentException("wanted a cut of the trades, got none");
        }
    }
}
