package io.tidemark.job.source;

import java.io.IOException;

/**
 * Tells the broker what to forget of one queue: one acknowledgement covers many messages, and those
 * of a checkpoint are spread over a second. The broker works on a delivery's acknowledgement about
 * as long as on the delivery, so all at once would be a pause of the stream after every checkpoint.
 */
final class Acknowledging {
    /** Ticks that one checkpoint's messages are spread over, when there is room for it. */
    private static final int TICKS = 500;

    private static final int LEAST = 64;

    private final OpenQueue queue;
    private long target;
    private long share;

    Acknowledging(OpenQueue queue) {
        this.queue = queue;
    }

    /** All that is left. */
    synchronized void finish() throws IOException {
        long wanted = queue.unacknowledged().toAcknowledge();
        if (wanted > queue.acknowledged()) {
            queue.channel().basicAck(wanted, true);
            queue.acknowledgedUpTo(wanted);
        }
    }

    /** The next share, if any is left. */
    synchronized void tick() throws IOException {
        long acknowledged = queue.acknowledged();
        long wanted = queue.unacknowledged().toAcknowledge();
        if (wanted == acknowledged) {
            return;
        }
        if (wanted != target) {
            target = wanted;
            share = Math.max(LEAST, (target - acknowledged) / TICKS);
        }
        long next = queue.isCrowded() ? target : Math.min(target, acknowledged + share);
        queue.channel().basicAck(next, true);
        queue.acknowledgedUpTo(next);
    }
}
