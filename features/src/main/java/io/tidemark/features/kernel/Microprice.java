package io.tidemark.features.kernel;

import io.tidemark.features.book.BookView;
import io.tidemark.features.market.MarketView;
import java.util.List;

/**
 * Microprice: the mid weighted with the sizes opposite, (b qa + a qb) / (qa + qb), b and a the best
 * prices, qb and qa their sizes, in quote currency; or how far it is from the mid, (microprice -
 * mid) / mid, a fraction, above 0 when the bid is the larger.
 *
 * <p>Undefined while the book is. No warm-up. O(1).
 *
 * <p>Source: the imbalance-weighted mid of Gatheral, Oomen, Zero-Intelligence Realized Variance
 * Estimation, Finance and Stochastics 14 (2010); not the martingale limit of Stoikov (2018), which
 * has to be fitted.
 */
record Microprice(boolean deviation) implements Kernel {
    static final KernelDefinition PRICE =
            KernelDefinition.ofBook("microprice", List.of(), arguments -> new Microprice(false));
    static final KernelDefinition DEVIATION =
            KernelDefinition.ofBook(
                    "microprice_deviation", List.of(), arguments -> new Microprice(true));

    @Override
    public double at(MarketView market) {
        BookView book = market.book();
        if (!book.defined()) {
            return Double.NaN;
        }
        double bid = book.bidPrice(0);
        double ask = book.askPrice(0);
        double bidSize = book.bidSize(0);
        double askSize = book.askSize(0);
        if (!deviation) {
            return (bid * askSize + ask * bidSize) / (bidSize + askSize);
        }
        // Not by subtracting mid from microprice: they are nearly equal.
        return (bidSize - askSize) / (bidSize + askSize) * (ask - bid) / (ask + bid);
    }

    @Override
    public Reach reach() {
        return Reach.NOW;
    }
}
