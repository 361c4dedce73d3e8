package io.tidemark.job.publish;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Where messages go: a durable queue, and the durable topic exchange that feeds it where there is
 * one. What exists is taken as it is, whatever its arguments; what does not is created.
 *
 * @param exchange empty for the default exchange
 * @param bindingKey what of the exchange the queue takes; ignored for the default exchange
 * @param queueArguments for a queue that is created now ({@code x-max-length}, ...); numbers and
 *     text
 */
public record Destination(
        String exchange, String queue, String bindingKey, Map<String, Object> queueArguments)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public Destination {
        queueArguments = Map.copyOf(queueArguments);
    }

    /** A queue reached by its name through the default exchange. */
    public static Destination queue(String queue, Map<String, Object> queueArguments) {
        return new Destination("", queue, "", queueArguments);
    }

    /** A topic exchange and a queue that takes everything from it. */
    public static Destination topic(
            String exchange, String queue, Map<String, Object> queueArguments) {
        return new Destination(exchange, queue, "#", queueArguments);
    }

    /**
     * Makes sure the exchange, the queue and the binding exist.
     *
     * @throws IOException when the broker refuses, with its reason
     */
    void declare(Connection connection) throws IOException, TimeoutException {
        if (!exchange.isEmpty()) {
            declare(
                    connection,
                    channel -> channel.exchangeDeclarePassive(exchange),
                    channel -> channel.exchangeDeclare(exchange, BuiltinExchangeType.TOPIC, true));
        }
        declare(
                connection,
                channel -> channel.queueDeclarePassive(queue),
                channel -> channel.queueDeclare(queue, true, false, false, queueArguments));
        if (!exchange.isEmpty()) {
            try (Channel channel = connection.createChannel()) {
                channel.queueBind(queue, exchange, bindingKey);
            }
        }
    }

    /** A refused passive declare closes its channel, so each has one of its own. */
    private static void declare(Connection connection, ChannelCall passive, ChannelCall create)
            throws IOException, TimeoutException {
        Channel asking = connection.createChannel();
        try {
            passive.on(asking);
            asking.close();
            return;
        } catch (IOException e) {
            if (!isNotFound(e)) {
                throw e;
            }
        }
        try (Channel creating = connection.createChannel()) {
            create.on(creating);
        }
    }

    private static boolean isNotFound(IOException failure) {
        if (!(failure.getCause() instanceof ShutdownSignalException shutdown)) {
            return false;
        }
        @Nullable Method reason = shutdown.getReason();
        return reason instanceof AMQP.Channel.Close close && close.getReplyCode() == AMQP.NOT_FOUND;
    }

    @FunctionalInterface
    private interface ChannelCall {
        void on(Channel channel) throws IOException;
    }
}
