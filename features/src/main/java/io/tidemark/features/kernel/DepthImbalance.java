package io.tidemark.features.kernel;

import io.tidemark.features.book.BookView;
import io.tidemark.features.market.MarketView;
import java.util.List;

/**
 * Depth imbalance: (B - A) / (B + A), B and A the {@link Depth} of the best N bids and asks; -1 to
 * 1.
 *
 * <p>Undefined as {@link Depth}. No warm-up. O(N).
 */
record DepthImbalance(int levels) implements Kernel {
    static final KernelDefinition DEFINITION =
            KernelDefinition.ofBook(
                    "depth_imbalance",
                    List.of(Depth.LEVELS),
                    arguments -> new DepthImbalance(arguments.integer(Depth.LEVELS)));

    @Override
    public double at(MarketView market) {
        BookView book = market.book();
        if (!book.defined() || !book.reaches(levels)) {
            return Double.NaN;
        }
        double bid = book.bidDepth(levels);
        double ask = book.askDepth(levels);
        return (bid - ask) / (bid + ask);
    }

    @Override
    public Reach reach() {
        return Reach.NOW;
    }
}
