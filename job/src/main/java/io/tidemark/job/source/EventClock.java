package io.tidemark.job.source;

/**
 * The watermark of one queue: the largest event time it has reached less the lateness bound. It is
 * announced only where it crosses a step of the grid, because nothing downstream acts in between: a
 * row costs one announcement instead of one per event. Pure: times come in as arguments.
 */
final class EventClock {
    /** No time. */
    static final long NONE = Long.MIN_VALUE;

    private final long stepMillis;
    private final long latenessMillis;
    private long reachedMillis = NONE;
    private long announced = NONE;

    EventClock(long stepMillis, long latenessMillis) {
        if (stepMillis < 1 || latenessMillis < 0) {
            throw new IllegalArgumentException(
                    "step must be at least 1 ms and lateness at least 0 ms, got %d and %d"
                            .formatted(stepMillis, latenessMillis));
        }
        this.stepMillis = stepMillis;
        this.latenessMillis = latenessMillis;
    }

    /**
     * Takes a time that the queue has reached: an event's, or the others' while it is empty.
     *
     * @return the watermark to announce, or {@link #NONE} when no step was crossed
     */
    long reach(long eventMillis) {
        if (!wouldAnnounce(eventMillis)) {
            reachedMillis = Math.max(reachedMillis, eventMillis);
            return NONE;
        }
        reachedMillis = eventMillis;
        announced = watermark(eventMillis);
        return announced;
    }

    /** Whether reaching that time would cross a step. */
    boolean wouldAnnounce(long eventMillis) {
        if (eventMillis == NONE || eventMillis <= reachedMillis) {
            return false;
        }
        return announced == NONE || step(watermark(eventMillis)) > step(announced);
    }

    private long watermark(long eventMillis) {
        return eventMillis - latenessMillis - 1;
    }

    private long step(long watermark) {
        return Math.floorDiv(watermark + 1, stepMillis);
    }
}
