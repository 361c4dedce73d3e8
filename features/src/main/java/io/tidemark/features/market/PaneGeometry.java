package io.tidemark.features.market;

/**
 * How the trades of one symbol are cut for the features of one cadence. Panes are aligned to
 * multiples of their length since the epoch.
 *
 * @param paneMicros length of a pane; divides the cadence and every window
 * @param reachMicros how far before T a price or a window is asked for, a whole number of panes
 * @param lookbackMicros the reach and the carry, at least the cadence; a whole number of panes
 * @param carryMicros how old the last price may be and still count
 * @param longestTradeWindowMicros the longest window of trades, a whole number of panes
 * @param secondReturns whether the returns of the 1-s grid are kept; then a pane divides a second
 * @param wanted what is kept beside the sums of trades; its windows are within the reach
 */
public record PaneGeometry(
        long paneMicros,
        long reachMicros,
        long lookbackMicros,
        long carryMicros,
        long longestTradeWindowMicros,
        boolean secondReturns,
        PanesWanted wanted) {

    static final long SECOND = 1_000_000L;

    /** The most panes a symbol may need: about 80 bytes each, for every symbol. */
    public static final int MAX_PANES = 1 << 18;

    /** Checks that the parts fit each other. */
    public PaneGeometry {
        require(paneMicros > 0, "a pane longer than 0", paneMicros);
        requirePanes(reachMicros, paneMicros, "reach");
        requirePanes(lookbackMicros, paneMicros, "lookback");
        requirePanes(longestTradeWindowMicros, paneMicros, "longest trade window");
        require(
                longestTradeWindowMicros <= reachMicros && reachMicros <= lookbackMicros,
                "windows within the reach, and the reach within the lookback",
                reachMicros);
        require(
                reachMicros / paneMicros <= MAX_PANES - 2,
                "at most " + (MAX_PANES - 2) + " panes",
                reachMicros / paneMicros);
        for (long window : wanted.windows()) {
            requirePanes(window, paneMicros, "window");
            require(window <= reachMicros, "a window within the reach", window);
        }
        require(!secondReturns || SECOND % paneMicros == 0, "a pane dividing 1 s", paneMicros);
    }

    /** Slots of a ring that holds the reach, the pane before it and the open one. */
    int capacity() {
        return capacityFor(reachMicros);
    }

    /** Slots of a ring that holds that window, the pane before it and the open one. */
    int capacityFor(long windowMicros) {
        return ring((int) (windowMicros / paneMicros) + 2);
    }

    /** The length of a ring of at least that many slots: a power of 2. */
    static int ring(int needed) {
        return Integer.highestOneBit(needed - 1) << 1;
    }

    private static void requirePanes(long micros, long paneMicros, String what) {
        require(
                micros >= 0 && micros % paneMicros == 0,
                "a " + what + " of whole panes of " + paneMicros + " us",
                micros);
    }

    private static void require(boolean holds, String wanted, long came) {
        if (!holds) {
            throw new IllegalArgumentException("wanted " + wanted + ", got " + came);
        }
    }
}
