package io.tidemark.features.kernel;

import io.tidemark.features.market.BookFlowView;
import io.tidemark.features.market.MarketView;
import io.tidemark.features.market.PanesWanted;
import io.tidemark.schemas.registry.InputSource;
import java.util.List;
import java.util.Set;

/**
 * Churn rate: size added plus size removed by the book messages in the window, all levels of both
 * sides, by the window's seconds; base units a second. A change adds up level by level as told, a
 * full book by its difference from the book before it.
 *
 * <p>A message counts when it led from a valid book to a valid one: the way across a gap or a
 * change of feed is in no sum. Undefined when the book is not defined at T - w or at T, and when
 * its feed is silent for the carry. Warm after w. O(panes of w).
 */
record ChurnRate(long windowMicros) implements Kernel {
    static final KernelDefinition DEFINITION =
            new KernelDefinition(
                    "churn_rate",
                    Set.of(InputSource.ORDERBOOK),
                    1,
                    List.of(),
                    arguments -> new ChurnRate(arguments.windowMicros()));

    @Override
    public double at(MarketView market) {
        BookFlowView flow = market.paths().bookFlow();
        return flow.known(windowMicros)
                ? flow.churn(windowMicros) / (windowMicros / 1e6)
                : Double.NaN;
    }

    @Override
    public Reach reach() {
        return Reach.book(windowMicros, PanesWanted.book(windowMicros));
    }
}
