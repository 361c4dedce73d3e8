package io.tidemark.features.market;

/**
 * How the time of one symbol is cut. Panes are aligned to multiples of their length since the
 * epoch.
 *
 * @param paneMicros length of a pane; divides the cadence and every window
 * @param cadenceMicros time between grid times
 * @param lookbackMicros how far before T a row may look, a whole number of panes
 * @param carryMicros how old the last price may be and still count; within the lookback
 * @param longestTradeWindowMicros the longest window of trades, a whole number of panes
 * @param secondReturns whether the returns of the 1-s grid are kept; then a pane divides a second
 */
public record PaneGeometry(
        long paneMicros,
        long cadenceMicros,
        long lookbackMicros,
        long carryMicros,
        long longestTradeWindowMicros,
        boolean secondReturns) {

    static final long SECOND = 1_000_000L;

    /** The most panes a symbol may need: about 60 bytes each, for every symbol. */
    public static final int MAX_PANES = 1 << 18;

    /** Checks that the parts fit each other. */
    public PaneGeometry {
        require(paneMicros > 0, "a pane longer than 0", paneMicros);
        requirePanes(cadenceMicros, paneMicros, "cadence");
        requirePanes(lookbackMicros, paneMicros, "lookback");
        requirePanes(longestTradeWindowMicros, paneMicros, "longest trade window");
        require(
                carryMicros <= lookbackMicros && cadenceMicros <= lookbackMicros,
                "a lookback of at least the carry and the cadence",
                lookbackMicros);
        require(
                lookbackMicros / paneMicros <= MAX_PANES - 2,
                "at most " + (MAX_PANES - 2) + " panes",
                lookbackMicros / paneMicros);
        require(!secondReturns || SECOND % paneMicros == 0, "a pane dividing 1 s", paneMicros);
    }

    /** Slots of a ring that holds the lookback, the pane before it and the open one. */
    int capacity() {
        return ring((int) (lookbackMicros / paneMicros) + 2);
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
