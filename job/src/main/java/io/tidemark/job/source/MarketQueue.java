package io.tidemark.job.source;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * A queue taken as it is, whatever its arguments, and made like the gateway makes them only when
 * absent.
 */
final class MarketQueue {
    private MarketQueue() {}

    static void ensure(Connection connection, String queue, SourceSettings.QueueArguments arguments)
            throws IOException {
        if (exists(connection, queue)) {
            return;
        }
        Map<String, Object> values = new HashMap<>();
        values.put("x-message-ttl", arguments.messageTtl().toMillis());
        values.put("x-max-length", arguments.maxLength());
        values.put("x-overflow", "drop-head");
        try (Channel channel = connection.createChannel()) {
            channel.queueDeclare(queue, true, false, false, values);
        } catch (TimeoutException e) {
            throw new IOException(
                    "the broker did not close a channel in time after making queue " + queue, e);
        } catch (IOException e) {
            // Another process may have made it, with arguments of its own, between the look and
            // now.
            if (!exists(connection, queue)) {
                throw e;
            }
        }
    }

    /**
     * Asks on a channel of its own: the broker closes the channel that asks for what is not there.
     */
    static boolean exists(Connection connection, String queue) throws IOException {
        Channel channel = connection.createChannel();
        try {
            channel.queueDeclarePassive(queue);
            channel.close();
            return true;
        } catch (IOException e) {
            if (isClosedFor(e, AMQP.NOT_FOUND)) {
                return false;
            }
            throw e;
        } catch (TimeoutException e) {
            throw new IOException(
                    "the broker did not close a channel in time after finding queue " + queue, e);
        }
    }

    /** Whether the broker closed a channel with that code because of what was asked of it. */
    static boolean isClosedFor(IOException failure, int code) {
        return failure.getCause() instanceof ShutdownSignalException signal
                && signal.getReason() instanceof AMQP.Channel.Close close
                && close.getReplyCode() == code;
    }
}
