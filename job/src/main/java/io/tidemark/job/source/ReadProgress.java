package io.tidemark.job.source;

/**
 * How far a reader and the others of its source have read, so that a queue without events can tell
 * which time it is.
 *
 * <p>Written by the reader's task, read by any thread.
 */
final class ReadProgress {
    private final EventClock told;
    private final long quietAfterNanos;

    private volatile long newestMillis = EventClock.NONE;
    private volatile long nanosOfNewest;
    private volatile long heardNanos;
    private long toldNanos;
    private boolean untold;

    /**
     * @param told steps and lateness as of the queues' clocks: crossing one is told at once
     * @param quietAfterNanos silence of all queues after which time goes on by the wall clock
     */
    ReadProgress(EventClock told, long quietAfterNanos, long nowNanos) {
        this.told = told;
        this.quietAfterNanos = quietAfterNanos;
        this.heardNanos = nowNanos;
        this.toldNanos = nowNanos;
    }

    /** A message was read that has no event time, or that another reader has read. */
    void heard(long nowNanos) {
        heardNanos = nowNanos;
    }

    /** An event was read here. */
    void read(long eventMillis, long nowNanos) {
        untold = true;
        advance(eventMillis, nowNanos);
    }

    /** Another reader has read that far. */
    void readElsewhere(long eventMillis, long nowNanos) {
        advance(eventMillis, nowNanos);
    }

    private void advance(long eventMillis, long nowNanos) {
        heardNanos = nowNanos;
        if (eventMillis > newestMillis) {
            nanosOfNewest = nowNanos;
            newestMillis = eventMillis;
        }
    }

    /**
     * Whether the other readers should be told now: a step is over, or they could take this reader
     * for silent.
     */
    boolean isDue(long nowNanos) {
        if (!untold) {
            return false;
        }
        if (!told.reach(newestMillis) && nowNanos - toldNanos < quietAfterNanos / 4) {
            return false;
        }
        untold = false;
        toldNanos = nowNanos;
        return true;
    }

    /** The newest event time known to be read; {@link EventClock#NONE} before any event. */
    long newestMillis() {
        return newestMillis;
    }

    /**
     * The time that a queue found empty now has reached: that of the newest event read from any
     * queue, because whatever was published before it has been read too; when all have been silent
     * for long, that time goes on with the wall clock.
     *
     * @return milliseconds of event time; {@link EventClock#NONE} before any event
     */
    long reachedMillis(long nowNanos) {
        long newest = newestMillis;
        if (newest == EventClock.NONE || nowNanos - heardNanos < quietAfterNanos) {
            return newest;
        }
        return newest + (nowNanos - nanosOfNewest) / 1_000_000;
    }
}
