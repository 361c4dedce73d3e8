package io.tidemark.features.market;

import io.tidemark.features.book.BookView;

/**
 * The order flow imbalance of one book message against the book before it, level by level.
 *
 * <p>Of level m: {@code 1{Pb >= Pb'} qb - 1{Pb <= Pb'} qb' - 1{Pa <= Pa'} qa + 1{Pa >= Pa'} qa'}, P
 * and q its price and size on either side, ' before the message. A level that is not there has size
 * 0 and a price worse than any. In base units.
 *
 * <p>Source: Cont, Kukanov, Stoikov, The Price Impact of Order Book Events, Journal of Financial
 * Econometrics 12 (2014), equation 4; level by level: Xu, Gould, Howison, Multi-Level Order-Flow
 * Imbalance in a Limit Order Book (2018).
 */
final class OrderFlow {
    private final int levels;
    private final double[] bidPrices;
    private final double[] bidSizes;
    private final double[] askPrices;
    private final double[] askSizes;
    private boolean known;
    private int depth;

    OrderFlow(int levels) {
        this.levels = levels;
        bidPrices = new double[levels];
        bidSizes = new double[levels];
        askPrices = new double[levels];
        askSizes = new double[levels];
    }

    /** Whether the book before is known and of the same feed: else nothing can be compared. */
    boolean follows(BookView book) {
        return known && depth == book.feedDepth();
    }

    /** Takes the book as the one before. */
    void take(BookView book) {
        known = book.defined();
        if (known) {
            depth = book.feedDepth();
            for (int level = 0; level < levels; level++) {
                takeLevel(book, level);
            }
        }
    }

    /** The imbalance of that level of a book that {@link #follows}; the level is then taken. */
    double ofLevel(BookView book, int level) {
        double bidPrice = bidPrices[level];
        double bidSize = bidSizes[level];
        double askPrice = askPrices[level];
        double askSize = askSizes[level];
        takeLevel(book, level);
        double flow = 0;
        flow += bidPrices[level] >= bidPrice ? bidSizes[level] : 0;
        flow -= bidPrices[level] <= bidPrice ? bidSize : 0;
        flow -= askPrices[level] <= askPrice ? askSizes[level] : 0;
        flow += askPrices[level] >= askPrice ? askSize : 0;
        return flow;
    }

    private void takeLevel(BookView book, int level) {
        boolean bid = level < book.bidLevels();
        bidPrices[level] = bid ? book.bidPrice(level) : Double.NEGATIVE_INFINITY;
        bidSizes[level] = bid ? book.bidSize(level) : 0;
        boolean ask = level < book.askLevels();
        askPrices[level] = ask ? book.askPrice(level) : Double.POSITIVE_INFINITY;
        askSizes[level] = ask ? book.askSize(level) : 0;
    }

    /** Nothing is known of the book before. */
    void clear() {
        known = false;
    }
}
