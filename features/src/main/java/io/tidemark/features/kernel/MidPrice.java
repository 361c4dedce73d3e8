package io.tidemark.features.kernel;

import io.tidemark.features.book.BookView;
import io.tidemark.features.market.MarketView;
import java.util.List;

/**
 * Mid price: (bid + ask) / 2 of the best prices, in quote currency.
 *
 * <p>Undefined while the book is: invalid, a side empty, or crossed. No warm-up. O(1).
 */
record MidPrice() implements Kernel {
    static final KernelDefinition DEFINITION =
            KernelDefinition.ofBook("mid_price", List.of(), arguments -> new MidPrice());

    @Override
    public double at(MarketView market) {
        return of(market.book());
    }

    static double of(BookView book) {
        return book.defined() ? (book.bestBid() + book.bestAsk()) / 2 : Double.NaN;
    }

    @Override
    public Reach reach() {
        return Reach.NOW;
    }
}
