package io.tidemark.features.kernel;

import io.tidemark.features.book.BookView;
import io.tidemark.features.market.MarketView;
import java.util.List;

/**
 * The shape of one side of the book: of its best N levels (of those there are when there are fewer)
 * the distance from the mid x(i), in bp of the mid, and the cumulative size Q(i), in base units.
 *
 * <ul>
 *   <li>Slope: of the least-squares line, with intercept, of Q on x; base units a bp; above 0.
 *   <li>Convexity: how far the curve through the points hangs below the straight line from the
 *       first to the last, as an area, by the area of the triangle below it: (L - A) / ((Q(n) -
 *       Q(1))(x(n) - x(1)) / 2), A and L the areas under curve and line; -1 to 1, above 0 when size
 *       lies away from the touch.
 * </ul>
 *
 * <p>Undefined while the book is, when the feed has fewer levels than N, and under 2 levels for the
 * slope, 3 for convexity. No warm-up. O(N).
 *
 * <p>Source: the slope after Naes, Skjeltorp, Order Book Characteristics and the Volume-Volatility
 * Relation, Journal of Financial Markets 9 (2006), by one line instead of a mean of elasticities;
 * the convexity is a Gini coefficient of the depth.
 */
record BookShape(boolean bid, boolean convexity, int levels) implements Kernel {
    private static final KernelParam LEVELS = KernelParam.integer("levels", 3, 1_000);
    private static final double BP = 1e4;
    static final KernelDefinition BID_SLOPE = definition("book_slope_bid", true, false);
    static final KernelDefinition ASK_SLOPE = definition("book_slope_ask", false, false);
    static final KernelDefinition BID_CONVEXITY = definition("book_convexity_bid", true, true);
    static final KernelDefinition ASK_CONVEXITY = definition("book_convexity_ask", false, true);

    private static KernelDefinition definition(String name, boolean bid, boolean convexity) {
        return KernelDefinition.ofBook(
                name,
                List.of(LEVELS),
                arguments -> new BookShape(bid, convexity, arguments.integer(LEVELS)));
    }

    @Override
    public double at(MarketView market) {
        BookView book = market.book();
        if (!book.defined() || !book.reaches(levels)) {
            return Double.NaN;
        }
        int count = Math.min(levels, bid ? book.bidLevels() : book.askLevels());
        double mid = MidPrice.of(book);
        return convexity ? convexity(book, count, mid) : slope(book, count, mid);
    }

    private double slope(BookView book, int count, double mid) {
        if (count < 2) {
            return Double.NaN;
        }
        double distances = 0;
        double depths = 0;
        double depth = 0;
        for (int level = 0; level < count; level++) {
            distances += distance(book, level, mid);
            depth += size(book, level);
            depths += depth;
        }
        double meanDistance = distances / count;
        double meanDepth = depths / count;
        double both = 0;
        double squares = 0;
        depth = 0;
        for (int level = 0; level < count; level++) {
            double distance = distance(book, level, mid) - meanDistance;
            depth += size(book, level);
            both += distance * (depth - meanDepth);
            squares += distance * distance;
        }
        return both / squares;
    }

    private double convexity(BookView book, int count, double mid) {
        if (count < 3) {
            return Double.NaN;
        }
        double first = distance(book, 0, mid);
        double last = first;
        double depth = 0;
        double under = 0;
        for (int level = 1; level < count; level++) {
            double next = distance(book, level, mid);
            double more = size(book, level);
            under += (next - last) * (depth + more / 2);
            depth += more;
            last = next;
        }
        // Depth counts from the first level's here, which is in A and in L alike.
        double triangle = depth * (last - first) / 2;
        return (triangle - under) / triangle;
    }

    private double distance(BookView book, int level, double mid) {
        return BP * (bid ? mid - book.bidPrice(level) : book.askPrice(level) - mid) / mid;
    }

    private double size(BookView book, int level) {
        return bid ? book.bidSize(level) : book.askSize(level);
    }

    @Override
    public Reach reach() {
        return Reach.NOW;
    }
}
