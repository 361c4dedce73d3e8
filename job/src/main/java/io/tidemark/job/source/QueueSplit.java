package io.tidemark.job.source;

import io.tidemark.schemas.event.EventType;
import java.util.Arrays;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A queue to read, and which of its messages were read already.
 *
 * @param queue its name
 * @param type what its messages are
 * @param unacknowledged identities of messages read and perhaps not acknowledged, two numbers each
 * @param awaited identities left over from earlier restores, each with the milliseconds that it is
 *     still awaited; three numbers each
 */
record QueueSplit(String queue, EventType type, long[] unacknowledged, long[] awaited)
        implements SourceSplit {
    private static final long[] NONE = {};

    /** A queue of which nothing was read. */
    static QueueSplit unread(String queue, EventType type) {
        return new QueueSplit(queue, type, NONE, NONE);
    }

    /** Whether something of it is remembered. */
    boolean isRead() {
        return unacknowledged.length > 0 || awaited.length > 0;
    }

    @Override
    public String splitId() {
        return queue;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QueueSplit split
                && queue.equals(split.queue)
                && type == split.type
                && Arrays.equals(unacknowledged, split.unacknowledged)
                && Arrays.equals(awaited, split.awaited);
    }

    @Override
    public int hashCode() {
        return queue.hashCode();
    }

    @Override
    public String toString() {
        return "%s (%d unacknowledged, %d awaited)"
                .formatted(queue, unacknowledged.length / 2, awaited.length / 3);
    }
}
