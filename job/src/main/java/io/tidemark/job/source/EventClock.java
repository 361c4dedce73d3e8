package io.tidemark.job.source;

/**
 * The watermark of one queue: the largest event time it has reached less the lateness bound. It is
 * announced only where it crosses a step of the grid, because nothing downstream acts in between: a
 * row costs one announcement instead of one per event. Pure: times come in as arguments.
 *
 * <p>One thread lets it reach times; any may ask.
 */
final class EventClock {
    /** No time. */
    static final long NONE = Long.MIN_VALUE;

    private final long stepMillis;
    private final long latenessMillis;
    private volatile long announced = NONE;
    private volatile long nextAnnouncedAt = NONE + 1;

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
     * @return whether a step was crossed, so that {@link #watermark} is another
     */
    boolean reach(long eventMillis) {
        if (!wouldAnnounce(eventMillis)) {
            return false;
        }
        long watermark = eventMillis - latenessMillis - 1;
        announced = watermark;
        nextAnnouncedAt =
                (Math.floorDiv(watermark + 1, stepMillis) + 1) * stepMillis + latenessMillis;
        return true;
    }

    /** Whether reaching that time would cross a step. */
    boolean wouldAnnounce(long eventMillis) {
        return eventMillis >= nextAnnouncedAt;
    }

    /** The watermark as last announced; {@link #NONE} before the first event. */
    long watermark() {
        return announced;
    }
}
