package io.tidemark.job.source;

import java.io.IOException;

/**
 * What one queue asks of the broker, now and then: whether it is empty, whether acknowledgements
 * were worked on, how many messages wait. By the session's asking thread.
 */
final class QueueUpkeep {
    private final OpenQueue queue;
    private final QueueProbe probe;
    private final EmptyQueueWatch watch;

    QueueUpkeep(OpenQueue queue, QueueProbe probe, EmptyQueueWatch watch) {
        this.queue = queue;
        this.probe = probe;
        this.watch = watch;
    }

    OpenQueue queue() {
        return queue;
    }

    EmptyQueueWatch watch() {
        return watch;
    }

    /**
     * What no row waits for.
     *
     * @param backlog whether to ask how many messages wait
     */
    void look(boolean backlog) throws IOException {
        confirm();
        if (backlog) {
            queue.noteBacklog(probe.backlog());
        }
    }

    /** Hears whether the broker has worked on a checkpoint's acknowledgements. */
    private void confirm() throws IOException {
        Unacknowledged unacknowledged = queue.unacknowledged();
        long acknowledged = queue.acknowledged();
        if (acknowledged > unacknowledged.confirmed()
                && acknowledged == unacknowledged.toAcknowledge()) {
            probe.reachConsumer();
            unacknowledged.confirm(acknowledged);
        }
    }
}
