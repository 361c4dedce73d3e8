package io.tidemark.job.source;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the broker whether a queue is empty, on a channel of its own.
 *
 * <p>The count alone does not tell: RabbitMQ answers it ahead of messages that wait to enter a busy
 * queue, and those are the ones that matter. {@code basic.get} waits its turn behind them. It is
 * not asked while the count says that there are messages (the prefetch is used up), because it
 * would take one out of the order.
 */
final class QueueProbe implements QuietQueue.Backlog {
    private final Connection connection;
    private final String queue;
    private @Nullable Channel channel;

    QueueProbe(Connection connection, String queue) {
        this.connection = connection;
        this.queue = queue;
    }

    @Override
    public boolean isEmpty() throws IOException {
        Channel asking = open();
        if (asking.messageCount(queue) > 0) {
            return false;
        }
        GetResponse message = asking.basicGet(queue, false);
        if (message == null) {
            return true;
        }
        asking.basicNack(message.getEnvelope().getDeliveryTag(), false, true);
        return false;
    }

    private Channel open() throws IOException {
        Channel current = channel;
        if (current == null || !current.isOpen()) {
            // The broker closes a channel that asks for a queue that is gone for a moment.
            current = connection.createChannel();
            channel = current;
        }
        return current;
    }
}
