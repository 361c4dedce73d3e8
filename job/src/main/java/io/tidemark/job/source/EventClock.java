package io.tidemark.job.source;

import java.io.Serializable;

/**
 * Event time as one queue shows it: the watermark that follows from the events read, and, when the
 * queue is quiet, from the time passed since. Pure: the time comes in as an argument.
 *
 * <p>The watermark is the largest event time seen less the lateness bound. It is announced only
 * where it crosses a step of the grid, because nothing downstream acts in between: a row costs one
 * announcement instead of one per event.
 *
 * <p>A quiet queue that is known to be empty advances with the wall clock, from its own last event:
 * a market that rests still closes its grid steps. Until the queue has given its first event it has
 * no time of its own and stays idle.
 */
final class EventClock implements Serializable {
    private static final long serialVersionUID = 1L;

    /** No event seen. */
    static final long NONE = Long.MIN_VALUE;

    /**
     * An event at most this old is of now: more than any transport takes, less than any recording.
     */
    private static final long LIVE_WITHIN_MILLIS = 10_000;

    private final long stepMillis;
    private final long latenessMillis;
    private long maxEventMillis = NONE;
    private long nanosOfMax;
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
     * Takes an event's time.
     *
     * @return the watermark to announce, or {@link #NONE} when no step was crossed
     */
    long observe(long eventMillis, long nowNanos) {
        if (eventMillis > maxEventMillis) {
            maxEventMillis = eventMillis;
            nanosOfMax = nowNanos;
        }
        return announceFrom(maxEventMillis);
    }

    /**
     * The watermark to announce of a queue found empty at {@code nowNanos}, or {@link #NONE}.
     * Advances by the time passed since the newest event was read.
     */
    long quietAt(long nowNanos) {
        if (maxEventMillis == NONE) {
            return NONE;
        }
        return announceFrom(maxEventMillis + (nowNanos - nanosOfMax) / 1_000_000);
    }

    /** Whether the queue has shown an event since the start. */
    boolean hasTime() {
        return maxEventMillis != NONE;
    }

    /** Whether the newest event is of now. */
    boolean isLive(long nowMillis) {
        return maxEventMillis != NONE && nowMillis - maxEventMillis <= LIVE_WITHIN_MILLIS;
    }

    private long announceFrom(long timeMillis) {
        long watermark = timeMillis - latenessMillis - 1;
        if (announced != NONE
                && Math.floorDiv(watermark + 1, stepMillis)
                        == Math.floorDiv(announced + 1, stepMillis)) {
            return NONE;
        }
        if (announced != NONE && watermark <= announced) {
            return NONE;
        }
        announced = watermark;
        return watermark;
    }
}
