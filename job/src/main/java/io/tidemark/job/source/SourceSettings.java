package io.tidemark.job.source;

import java.io.Serializable;
import java.time.Duration;

/**
 * How a queue is read.
 *
 * @param prefetch messages the broker may have outstanding with one source, 1..65,535. A source can
 *     read at most prefetch messages between two completed checkpoints, so this is at least twice
 *     the peak rate times (checkpoint interval + duration)
 * @param lateness how far behind the newest event of its queue an event may be and still enter its
 *     row
 * @param idleAfter silence after which a queue that the broker says is empty no longer holds the
 *     watermark of sources in other processes
 * @param quietAfter silence of all queues after which time goes on by the wall clock
 * @param maxMessageBytes a larger body is refused
 * @param futureTolerance an event this far ahead of the wall clock is refused, or one bad clock
 *     would make all others late
 * @param queueArguments arguments of a queue that is absent and has to be made
 */
public record SourceSettings(
        int prefetch,
        Duration lateness,
        Duration idleAfter,
        Duration quietAfter,
        int maxMessageBytes,
        Duration futureTolerance,
        QueueArguments queueArguments)
        implements Serializable {

    public SourceSettings {
        if (prefetch < 1 || prefetch > 65_535) {
            throw new IllegalArgumentException("prefetch must be 1..65535, got " + prefetch);
        }
    }

    /** What the upstream gateway's own queues carry. */
    public record QueueArguments(Duration messageTtl, int maxLength) implements Serializable {}
}
