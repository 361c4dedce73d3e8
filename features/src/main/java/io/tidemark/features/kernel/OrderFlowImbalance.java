package io.tidemark.features.kernel;

import io.tidemark.features.market.BookFlowView;
import io.tidemark.features.market.MarketView;
import io.tidemark.features.market.PanesWanted;
import io.tidemark.schemas.registry.InputSource;
import java.util.List;
import java.util.Set;

/**
 * Order flow imbalance over the best N levels: the sum, over the book messages in the window and
 * the levels 1 to N, of {@code 1{Pb >= Pb'} qb - 1{Pb <= Pb'} qb' - 1{Pa <= Pa'} qa + 1{Pa >= Pa'}
 * qa'}, P and q price and size of the level, ' before the message; base units, above 0 for buying.
 * A level that is not there has size 0 and a price worse than any.
 *
 * <p>A message counts when the book was defined before and after it: the way across a gap, a
 * crossed book or a change of feed is in no sum. Undefined when the book is not defined at T - w or
 * at T, when its feed is silent for the carry, and when it has fewer levels than N. Warm after w.
 * O(panes of w), and O(N) a book message.
 *
 * <p>Source: Cont, Kukanov, Stoikov, The Price Impact of Order Book Events, Journal of Financial
 * Econometrics 12 (2014), section 2.1; by level: Xu, Gould, Howison, Multi-Level Order-Flow
 * Imbalance in a Limit Order Book (2018).
 */
record OrderFlowImbalance(long windowMicros, int levels) implements Kernel {
    private static final KernelParam LEVELS = KernelParam.integer("levels", 1, 50);
    static final KernelDefinition DEFINITION =
            new KernelDefinition(
                    "order_flow_imbalance",
                    Set.of(InputSource.ORDERBOOK),
                    1,
                    List.of(LEVELS),
                    arguments ->
                            new OrderFlowImbalance(
                                    arguments.windowMicros(), arguments.integer(LEVELS)));

    @Override
    public double at(MarketView market) {
        BookFlowView flow = market.paths().bookFlow();
        return flow.known(windowMicros) && market.book().reaches(levels)
                ? flow.orderFlow(windowMicros, levels)
                : Double.NaN;
    }

    @Override
    public Reach reach() {
        return Reach.book(windowMicros, PanesWanted.orderFlow(windowMicros, levels));
    }
}
