package io.tidemark.features.kernel;

import io.tidemark.features.book.BookView;
import io.tidemark.features.market.MarketView;
import java.util.List;

/**
 * Spread: best ask - best bid, in quote currency; relative, as a fraction of the mid price.
 *
 * <p>Undefined while the book is: invalid, a side empty, or crossed; so it is always above 0. No
 * warm-up. O(1).
 */
record Spread(boolean relative) implements Kernel {
    static final KernelDefinition ABSOLUTE =
            KernelDefinition.ofBook("spread_abs", List.of(), arguments -> new Spread(false));
    static final KernelDefinition RELATIVE =
            KernelDefinition.ofBook("spread_rel", List.of(), arguments -> new Spread(true));

    @Override
    public double at(MarketView market) {
        BookView book = market.book();
        if (!book.defined()) {
            return Double.NaN;
        }
        double spread = book.bestAsk() - book.bestBid();
        return relative ? spread / MidPrice.of(book) : spread;
    }

    @Override
    public Reach reach() {
        return Reach.NOW;
    }
}
