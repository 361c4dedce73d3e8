package io.tidemark.job.source;

import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a reader asks of the broker about all its queues. By the session's asking thread. */
final class BrokerQuestions {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerQuestions.class);
    private static final long BACKLOG_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Inbox inbox;
    private final List<QueueUpkeep> queues = new CopyOnWriteArrayList<>();
    private long nextBacklog = System.nanoTime();

    /** Something about a queue that the broker is needed for. */
    private interface Question {
        boolean isSo(QueueUpkeep queue) throws IOException;
    }

    /**
     * @param inbox told of what must not be
     */
    BrokerQuestions(Inbox inbox) {
        this.inbox = inbox;
    }

    /** From now on about this queue too. By any thread. */
    void about(QueueUpkeep queue) {
        queues.add(queue);
    }

    /** One round. Empty queues are asked together: a row waits for the slowest, not the sum. */
    void ask() {
        long now = System.nanoTime();
        List<QueueUpkeep> asked = which(queues, queue -> queue.watch().ask(now));
        while (!asked.isEmpty()) {
            asked = which(asked, queue -> queue.watch().hear());
        }
        boolean backlogs = now >= nextBacklog;
        if (backlogs) {
            nextBacklog = now + BACKLOG_EVERY_NANOS;
        }
        for (QueueUpkeep queue : queues) {
            var unused =
                    isSo(
                            queue,
                            one -> {
                                one.look(backlogs);
                                return true;
                            });
        }
    }

    private List<QueueUpkeep> which(List<QueueUpkeep> some, Question question) {
        List<QueueUpkeep> which = List.of();
        for (QueueUpkeep queue : some) {
            if (isSo(queue, question)) {
                which = which.isEmpty() ? new ArrayList<>() : which;
                which.add(queue);
            }
        }
        return which;
    }

    /** Not so where it cannot be asked: that keeps no other queue from its answer. */
    private boolean isSo(QueueUpkeep queue, Question question) {
        String name = queue.queue().name();
        try {
            return question.isSo(queue);
        } catch (IOException | ShutdownSignalException e) {
            // The channel is closing or gone: its consumer is told, and fails the reader.
            LOG.debug("cannot ask about queue {}", name, e);
        } catch (RuntimeException e) {
            inbox.fail(new IOException("cannot ask about queue " + name, e));
        }
        return false;
    }
}
