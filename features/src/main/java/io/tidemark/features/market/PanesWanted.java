package io.tidemark.features.market;

import java.util.List;
import java.util.TreeSet;

/**
 * What is kept in panes beside the sums of trades: only what a kernel asks for. Windows are the
 * longest ones, microseconds; 0 keeps nothing.
 *
 * @param signMicros of the signs of trades in their order
 * @param gapMicros of the gaps between trades
 * @param largeMicros of the trades that are large
 * @param largeNotionals from which notional, in quote currency, one is; ascending
 * @param logReturns whether the log returns of the 1-s grid are kept
 * @param secondFlows whether what each second of the 1-s grid traded is kept
 * @param bookMicros of what the book's messages did
 * @param orderFlowLevels for how many of the best levels order flow is summed up; ascending
 * @param spreadMicros of the spread at whole seconds
 * @param tickerMicros how far back the ticker is asked for
 */
public record PanesWanted(
        long signMicros,
        long gapMicros,
        long largeMicros,
        List<Integer> largeNotionals,
        boolean logReturns,
        boolean secondFlows,
        long bookMicros,
        List<Integer> orderFlowLevels,
        long spreadMicros,
        long tickerMicros) {

    private static final List<Integer> NO = List.of();

    /** Nothing. */
    public static final PanesWanted NONE = new PanesWanted(0, 0, 0, NO, false, false, 0, NO, 0, 0);

    /** The log returns of the 1-s grid. */
    public static final PanesWanted LOG_RETURNS =
            new PanesWanted(0, 0, 0, NO, true, false, 0, NO, 0, 0);

    /** What each second of the 1-s grid traded. */
    public static final PanesWanted SECOND_FLOWS =
            new PanesWanted(0, 0, 0, NO, false, true, 0, NO, 0, 0);

    /** Copies the lists. */
    public PanesWanted {
        largeNotionals = List.copyOf(largeNotionals);
        orderFlowLevels = List.copyOf(orderFlowLevels);
    }

    /** The signs of the trades of a window. */
    public static PanesWanted signs(long windowMicros) {
        return new PanesWanted(windowMicros, 0, 0, NO, false, false, 0, NO, 0, 0);
    }

    /** The gaps between the trades of a window. */
    public static PanesWanted gaps(long windowMicros) {
        return new PanesWanted(0, windowMicros, 0, NO, false, false, 0, NO, 0, 0);
    }

    /** The trades of a window of at least that notional. */
    public static PanesWanted largeTrades(long windowMicros, int notional) {
        return new PanesWanted(0, 0, windowMicros, List.of(notional), false, false, 0, NO, 0, 0);
    }

    /** What the book's messages did in a window. */
    public static PanesWanted book(long windowMicros) {
        return new PanesWanted(0, 0, 0, NO, false, false, windowMicros, NO, 0, 0);
    }

    /** The order flow at the best levels in a window. */
    public static PanesWanted orderFlow(long windowMicros, int levels) {
        return new PanesWanted(0, 0, 0, NO, false, false, windowMicros, List.of(levels), 0, 0);
    }

    /** The spread at the whole seconds of a window. */
    public static PanesWanted spreads(long windowMicros) {
        return new PanesWanted(0, 0, 0, NO, false, false, 0, NO, windowMicros, 0);
    }

    /** The ticker as long ago as that. */
    public static PanesWanted ticker(long agoMicros) {
        return new PanesWanted(0, 0, 0, NO, false, false, 0, NO, 0, agoMicros);
    }

    /** The windows, for panes to divide. */
    public List<Long> windows() {
        return List.of(signMicros, gapMicros, largeMicros, bookMicros, spreadMicros, tickerMicros);
    }

    /** What serves both. */
    public PanesWanted and(PanesWanted other) {
        return new PanesWanted(
                Math.max(signMicros, other.signMicros),
                Math.max(gapMicros, other.gapMicros),
                Math.max(largeMicros, other.largeMicros),
                union(largeNotionals, other.largeNotionals),
                logReturns || other.logReturns,
                secondFlows || other.secondFlows,
                Math.max(bookMicros, other.bookMicros),
                union(orderFlowLevels, other.orderFlowLevels),
                Math.max(spreadMicros, other.spreadMicros),
                Math.max(tickerMicros, other.tickerMicros));
    }

    private static List<Integer> union(List<Integer> some, List<Integer> others) {
        TreeSet<Integer> all = new TreeSet<>(some);
        all.addAll(others);
        return List.copyOf(all);
    }
}
