package io.tidemark.job.source;

import java.util.ArrayDeque;

/**
 * The deliveries of one channel that were read and that the broker has not surely been told to
 * forget, oldest first: tag and identity, 24 bytes each.
 *
 * <pre>
 *   forgotten │ acknowledged, kept │ in a completed checkpoint │ not yet
 *             │                    │ to be acknowledged        │
 * </pre>
 *
 * An identity is kept one completed checkpoint longer than the broker has been heard to work on its
 * acknowledgement: then the newest checkpoint knows every message that may come again.
 *
 * <p>All calls by the reader's task, except where any thread may.
 */
final class Unacknowledged {
    private record Mark(long checkpointId, long tag) {}

    private final ArrayDeque<Mark> marks = new ArrayDeque<>();
    private long[] ring = new long[2 * 1_024];
    private long oldestTag = 1;
    private long nextTag = 1;
    private long forgettable;

    private volatile long toAcknowledge;
    private volatile long confirmed;

    /** A delivery was read. Tags rise by one. */
    void add(long tag, ContentIdentity identity) {
        if (tag != nextTag) {
            throw new IllegalStateException(
                    "expected delivery %d of the channel, got %d".formatted(nextTag, tag));
        }
        if (2 * (nextTag - oldestTag) == ring.length) {
            grow();
        }
        int at = at(tag);
        ring[at] = identity.first();
        ring[at + 1] = identity.second();
        nextTag++;
    }

    /** A checkpoint holds all that was read so far. */
    void checkpoint(long checkpointId) {
        marks.add(new Mark(checkpointId, nextTag - 1));
    }

    /** That checkpoint is complete, so what it holds may be acknowledged. */
    void completed(long checkpointId) {
        long tag = toAcknowledge;
        for (Mark mark = marks.peek();
                mark != null && mark.checkpointId() <= checkpointId;
                mark = marks.peek()) {
            tag = mark.tag();
            marks.remove();
        }
        oldestTag = Math.max(oldestTag, forgettable + 1);
        forgettable = confirmed;
        toAcknowledge = tag;
    }

    /** The last delivery that may be acknowledged; 0 for none. Any thread. */
    long toAcknowledge() {
        return toAcknowledge;
    }

    /** The broker has worked on the acknowledgement of all up to that delivery. Any one thread. */
    void confirm(long tag) {
        confirmed = tag;
    }

    /** Any thread. */
    long confirmed() {
        return confirmed;
    }

    /** How many are kept. */
    int size() {
        return (int) (nextTag - oldestTag);
    }

    /** Their identities, two numbers each. */
    long[] toArray() {
        long[] all = new long[2 * size()];
        int to = 0;
        for (long tag = oldestTag; tag < nextTag; tag++) {
            int at = at(tag);
            all[to++] = ring[at];
            all[to++] = ring[at + 1];
        }
        return all;
    }

    private void grow() {
        long[] all = toArray();
        ring = new long[2 * ring.length];
        for (int i = 0; i < all.length; i += 2) {
            int at = at(oldestTag + i / 2);
            ring[at] = all[i];
            ring[at + 1] = all[i + 1];
        }
    }

    private int at(long tag) {
        return 2 * (int) (tag & (ring.length / 2 - 1));
    }
}
