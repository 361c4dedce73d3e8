package io.tidemark.job.source;

import java.io.IOException;

/**
 * Moves the watermark of a queue that has nothing to read. A queue that the broker says is empty
 * has given everything that was published before the question; so it has reached the time of the
 * newest event that had been read from any queue before the question ({@link ReadProgress}). That
 * holds for live events, for a recording at any speed and for a backlog alike, and a sparse queue
 * holds a row for a few milliseconds only.
 *
 * <p>Silence alone would not do: after a restart, or while a broker is frozen, a queue can be
 * silent with a full backlog, and going on without it would make that backlog late.
 *
 * <p>The broker is asked only when the answer would close a grid step: once a step and silent
 * queue.
 */
final class EmptyQueueWatch {
    private final OpenQueue queue;
    private final ReadProgress progress;
    private final Inbox inbox;
    private final QueueProbe probe;
    private long told = EventClock.NONE;
    private long reached = EventClock.NONE;

    EmptyQueueWatch(OpenQueue queue, ReadProgress progress, Inbox inbox, QueueProbe probe) {
        this.queue = queue;
        this.progress = progress;
        this.inbox = inbox;
        this.probe = probe;
    }

    /**
     * Puts the first question, if an answer would move the watermark.
     *
     * @return whether there are answers to hear
     */
    boolean ask(long nowNanos) throws IOException {
        if (queue.isComing()) {
            return false;
        }
        reached = progress.reachedMillis(nowNanos);
        if (reached <= told || !queue.clock().wouldAnnounce(reached)) {
            return false;
        }
        probe.ask();
        return true;
    }

    /**
     * Hears one answer.
     *
     * @return whether there are more
     */
    boolean hear() throws IOException {
        switch (probe.hear()) {
            case ASKED_ON -> {
                return true;
            }
            case NOT_EMPTY -> {}
            case EMPTY -> {
                if (!queue.isComing()) {
                    told = reached;
                    inbox.put(new Arrival.Reached(queue, reached));
                }
            }
        }
        return false;
    }
}
