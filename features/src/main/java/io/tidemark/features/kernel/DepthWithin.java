package io.tidemark.features.kernel;

import io.tidemark.features.book.BookView;
import io.tidemark.features.market.MarketView;
import java.util.List;

/**
 * Depth near the mid: sum of the sizes of one side whose price is at most {@code bp} / 10000 of the
 * mid away from it, best first, in base units; a true 0 when the best is further.
 *
 * <p>Undefined while the book is, and when a side as deep as the feed lies within that distance
 * whole: then there may be more that the feed does not tell. No warm-up. O(levels within).
 */
record DepthWithin(boolean bid, int bp) implements Kernel {
    private static final KernelParam DISTANCE = KernelParam.integer("bp", 1, 10_000);
    static final KernelDefinition BID = definition("depth_bid_within", true);
    static final KernelDefinition ASK = definition("depth_ask_within", false);

    private static KernelDefinition definition(String name, boolean bid) {
        return KernelDefinition.ofBook(
                name,
                List.of(DISTANCE),
                arguments -> new DepthWithin(bid, arguments.integer(DISTANCE)));
    }

    @Override
    public double at(MarketView market) {
        BookView book = market.book();
        if (!book.defined()) {
            return Double.NaN;
        }
        int count = bid ? book.bidLevels() : book.askLevels();
        double mid = MidPrice.of(book);
        double most = mid * bp / 10_000;
        double sum = 0;
        for (int level = 0; level < count; level++) {
            double away = bid ? mid - book.bidPrice(level) : book.askPrice(level) - mid;
            if (away > most) {
                return sum;
            }
            sum += bid ? book.bidSize(level) : book.askSize(level);
        }
        return book.feedDepth() == 0 || count < book.feedDepth() ? sum : Double.NaN;
    }

    @Override
    public Reach reach() {
        return Reach.NOW;
    }
}
