package io.tidemark.job.source;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Being the only reader of a queue. A connection that was lost without the broker's knowing would
 * be given every second message of those that come now, and when these are given back their rows
 * have left. So a reader is exclusive, and waits until the broker has given such a connection up,
 * which heartbeats make it do. Quorum queues know no exclusive consumers; there it looks whether
 * the queue has a consumer before it becomes one.
 */
final class SoleReading {
    private static final Logger LOG = LoggerFactory.getLogger(SoleReading.class);

    /** Longer than the broker needs to miss two heartbeats. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(40);

    private static final long LOOK_MILLIS = 200;

    private SoleReading() {}

    /** Begins to read as the only one. */
    @FunctionalInterface
    interface Attempt {
        /**
         * Tries.
         *
         * @throws IOException with the broker's refusal as its cause when another reads, or that of
         *     {@link #requireUnread}
         */
        OpenQueue begin() throws IOException;
    }

    /**
     * Whether readers of this broker are exclusive. RabbitMQ's are. Another broker may refuse
     * {@code basic.get} on a queue with such a reader, which {@link QueueProbe} must ask by: Qpid,
     * the demo's, closes the connection then (530). It lies in the demo's own process, where no
     * connection is lost without its knowing.
     */
    static boolean isKeptBy(Connection connection) {
        return "RabbitMQ".equals(String.valueOf(connection.getServerProperties().get("product")));
    }

    /** A queue has a consumer already. */
    private static final class ReadElsewhere extends IOException {
        private static final long serialVersionUID = 1L;

        ReadElsewhere(String queue) {
            super("queue " + queue + " has a consumer");
        }
    }

    /**
     * Refuses where the queue has a consumer; to be called by an attempt before it reads.
     *
     * @throws IOException then; the channel is closed
     */
    static void requireUnread(Channel channel, String queue) throws IOException {
        if (isKeptBy(channel.getConnection()) && channel.consumerCount(queue) > 0) {
            channel.abort();
            throw new ReadElsewhere(queue);
        }
    }

    /**
     * Tries until nobody else reads the queue.
     *
     * @throws IOException when somebody still does after 40 s, or the broker refuses for another
     *     reason
     */
    static OpenQueue begin(String queue, Attempt attempt) throws IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        for (boolean told = false; ; told = true) {
            try {
                return attempt.begin();
            } catch (IOException e) {
                if (!(e instanceof ReadElsewhere)
                        && !MarketQueue.isClosedFor(e, AMQP.ACCESS_REFUSED)) {
                    throw e;
                }
                if (System.nanoTime() > end) {
                    throw new IOException(
                            "queue %s is read by somebody else: another job, or a connection that was lost and the broker has not given up yet"
                                    .formatted(queue),
                            e);
                }
            }
            if (!told) {
                LOG.warn("queue {} is still read over another connection: waiting", queue);
            }
            awaitNextLook();
        }
    }

    private static void awaitNextLook() throws IOException {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("cancelled while it waited for a queue", e);
        }
    }
}
