package io.tidemark.job.source;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the broker whether a queue is empty, in three questions.
 *
 * <ol>
 *   <li>The number of messages. It alone does not tell: RabbitMQ answers it ahead of messages that
 *       wait to enter a busy queue, and those are the ones that matter. But while it is not zero
 *       (the prefetch is used up) the next is not asked, because it would take a message out of the
 *       order.
 *   <li>{@code basic.get}, which waits its turn behind those. On a channel of its own, so that the
 *       consumer's delivery tags have no holes.
 *   <li>Anything, on the consumer's channel. That channel had been handed all of the queue's
 *       messages before the queue could answer that it is empty, and a channel works in order: its
 *       answer comes off the socket behind them.
 * </ol>
 */
final class QueueProbe {
    private final Connection connection;
    private final Channel consuming;
    private final String queue;
    private @Nullable Channel asking;

    QueueProbe(Connection connection, Channel consuming, String queue) {
        this.connection = connection;
        this.consuming = consuming;
        this.queue = queue;
    }

    /**
     * Whether the queue was empty at some moment of this call. Then everything published before the
     * call has come off the socket when it returns.
     */
    boolean isEmpty() throws IOException {
        Channel channel = open();
        if (channel.messageCount(queue) > 0) {
            return false;
        }
        GetResponse message = channel.basicGet(queue, false);
        if (message != null) {
            channel.basicNack(message.getEnvelope().getDeliveryTag(), false, true);
            return false;
        }
        reachConsumer();
        return true;
    }

    /** Returns when the broker has worked on everything sent to it on the consumer's channel. */
    void reachConsumer() throws IOException {
        consuming.messageCount(queue);
    }

    /** Messages that no consumer has been given. */
    long backlog() throws IOException {
        return open().messageCount(queue);
    }

    private Channel open() throws IOException {
        Channel current = asking;
        if (current == null || !current.isOpen()) {
            // The broker closes a channel that asks for a queue that is gone for a moment.
            current = connection.createChannel();
            asking = current;
        }
        return current;
    }
}
