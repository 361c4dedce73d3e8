package io.tidemark.features.kernel;

import io.tidemark.features.book.BookView;
import io.tidemark.features.market.MarketView;
import java.util.List;

/**
 * Depth: sum of the sizes of the best N levels of one side, best first, in base units; of those
 * there are when there are fewer.
 *
 * <p>Undefined while the book is, and when the feed has fewer levels than N. No warm-up. O(N).
 */
record Depth(boolean bid, int levels) implements Kernel {
    static final KernelParam LEVELS = KernelParam.integer("levels", 1, 10_000);
    static final KernelDefinition BID = definition("depth_bid", true);
    static final KernelDefinition ASK = definition("depth_ask", false);

    private static KernelDefinition definition(String name, boolean bid) {
        return KernelDefinition.ofBook(
                name, List.of(LEVELS), arguments -> new Depth(bid, arguments.integer(LEVELS)));
    }

    @Override
    public double at(MarketView market) {
        BookView book = market.book();
        if (!book.defined() || !book.reaches(levels)) {
            return Double.NaN;
        }
        return bid ? book.bidDepth(levels) : book.askDepth(levels);
    }

    @Override
    public Reach reach() {
        return Reach.NOW;
    }
}
