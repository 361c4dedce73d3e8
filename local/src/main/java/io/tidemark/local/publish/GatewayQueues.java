package io.tidemark.local.publish;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import io.tidemark.schemas.event.MarketQueues;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** The gateway's queues: taken as they are, made only when absent. */
public final class GatewayQueues {
    private GatewayQueues() {}

    /**
     * Makes every queue that is absent, durable and with those limits.
     *
     * @throws IOException when the broker refuses; it says why
     */
    public static void ensure(Connection connection, MarketQueues queues, QueueLimits limits)
            throws IOException {
        for (MarketQueues.Queue queue : queues.all()) {
            if (!exists(connection, queue.name())) {
                create(connection, queue.name(), limits);
            }
        }
    }

    private static boolean exists(Connection connection, String queue) throws IOException {
        Channel channel = connection.createChannel();
        try {
            channel.queueDeclarePassive(queue);
            channel.close();
            return true;
        } catch (TimeoutException e) {
            throw new IOException("the broker did not answer about queue " + queue, e);
        } catch (IOException e) {
            // The broker closes the channel on "not found", which is the answer.
            if (isNotFound(e)) {
                return false;
            }
            throw e;
        }
    }

    private static boolean isNotFound(IOException e) {
        return e.getCause() instanceof ShutdownSignalException signal
                && signal.getReason() instanceof AMQP.Channel.Close close
                && close.getReplyCode() == AMQP.NOT_FOUND;
    }

    private static void create(Connection connection, String queue, QueueLimits limits)
            throws IOException {
        try (Channel channel = connection.createChannel()) {
            channel.queueDeclare(queue, true, false, false, limits.arguments());
        } catch (TimeoutException e) {
            throw new IOException("the broker did not answer when queue " + queue + " was made", e);
        }
    }

    /**
     * Messages ready in the fullest of the queues; those delivered and unacknowledged not counted.
     *
     * @throws IOException when a queue is gone
     */
    static long largestBacklog(Channel channel, MarketQueues queues) throws IOException {
        long largest = 0;
        for (MarketQueues.Queue queue : queues.all()) {
            try {
                largest = Math.max(largest, channel.messageCount(queue.name()));
            } catch (IOException e) {
                throw isNotFound(e) ? new IOException("queue " + queue.name() + " is gone", e) : e;
            }
        }
        return largest;
    }

    /**
     * What a queue made here is limited to; the gateway's own limits by default.
     *
     * @param ttlMillis how long a message waits at most
     * @param maxLength messages at most
     * @param overflow what happens to one too many: drop-head, reject-publish
     */
    public record QueueLimits(long ttlMillis, int maxLength, String overflow) {
        /** As the gateway makes them: a day, 100,000 messages, the oldest go. */
        public static final QueueLimits GATEWAY =
                new QueueLimits(86_400_000L, 100_000, "drop-head");

        Map<String, Object> arguments() {
            return Map.of(
                    "x-message-ttl", ttlMillis,
                    "x-max-length", maxLength,
                    "x-overflow", overflow);
        }
    }
}
