package io.tidemark.features.drift;

/**
 * A drift of one feature of one symbol, from the first window that showed it on. Windows overlap;
 * it is over with the first healthy one that shares no row with the last that showed it, so that a
 * reading around the threshold is one alarm, not many.
 *
 * @param openedMicros end of the first window that showed it; of {@link #NONE} the least there is
 * @param lastMicros end of the last one
 * @param windows that showed it
 * @param worstPsi of those
 * @param muted whether the day's budget of its symbol was used up when it opened
 * @param closedMicros end of the healthy window; the least there is while it is open
 */
public record DriftAlarm(
        long openedMicros,
        long lastMicros,
        long windows,
        double worstPsi,
        boolean muted,
        long closedMicros) {
    private static final long NEVER = Long.MIN_VALUE;

    /** No alarm. */
    public static final DriftAlarm NONE = new DriftAlarm(NEVER, NEVER, 0, 0, false, NEVER);

    static DriftAlarm opened(long endMicros, double psi, boolean muted) {
        return new DriftAlarm(endMicros, endMicros, 1, psi, muted, NEVER);
    }

    /** Whether there is one that is not over. */
    public boolean isOpen() {
        return openedMicros != NEVER && closedMicros == NEVER;
    }

    /** Whether there was one, which is over. */
    public boolean isClosed() {
        return closedMicros != NEVER;
    }

    DriftAlarm again(long endMicros, double psi) {
        return new DriftAlarm(
                openedMicros, endMicros, windows + 1, Math.max(worstPsi, psi), muted, NEVER);
    }

    DriftAlarm closed(long endMicros) {
        return new DriftAlarm(openedMicros, lastMicros, windows, worstPsi, muted, endMicros);
    }
}
