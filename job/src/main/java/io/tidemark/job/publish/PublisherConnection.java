package io.tidemark.job.publish;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.tidemark.job.publish.InFlight.Attempt;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeoutException;

/**
 * One connection and channel in confirm mode. The client's automatic recovery is off: it would
 * reuse sequence numbers and lose what was unconfirmed without a word. A closed connection fails
 * the task, and Flink sends everything since the last checkpoint again.
 */
final class PublisherConnection implements AutoCloseable {
    private static final int HEARTBEAT_SECONDS = 10;
    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;
    private static final int PERSISTENT = 2;

    private final Connection connection;
    private final Channel channel;
    private final InFlight inFlight;

    private PublisherConnection(Connection connection, Channel channel, InFlight inFlight) {
        this.connection = connection;
        this.channel = channel;
        this.inFlight = inFlight;
    }

    /** Connects, declares the destination and reports to {@code inFlight} from then on. */
    static PublisherConnection open(
            PublisherSettings settings, Destination destination, String name, InFlight inFlight)
            throws IOException {
        try {
            Connection connection = factory(settings).newConnection(name);
            try {
                destination.declare(connection);
                return new PublisherConnection(
                        connection, reporting(connection, inFlight), inFlight);
            } catch (IOException | TimeoutException e) {
                connection.abort();
                throw e;
            }
        } catch (TimeoutException e) {
            throw new IOException("the broker must answer in time: " + settings, e);
        }
    }

    private static ConnectionFactory factory(PublisherSettings settings) {
        ConnectionFactory factory = new ConnectionFactory();
        try {
            factory.setUri(settings.amqpUri());
        } catch (URISyntaxException | GeneralSecurityException e) {
            // Without the cause: its message holds the URI, password included.
            throw new IllegalArgumentException(
                    "not an AMQP URI (" + e.getClass().getSimpleName() + "): " + settings);
        }
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
        factory.setConnectionTimeout(CONNECT_TIMEOUT_MILLIS);
        return factory;
    }

    private static Channel reporting(Connection connection, InFlight inFlight) throws IOException {
        connection.addShutdownListener(
                cause -> inFlight.failed("the broker's connection closed", cause));
        connection.addBlockedListener(
                reason -> inFlight.blocked(true), () -> inFlight.blocked(false));
        Channel channel = connection.createChannel();
        channel.addShutdownListener(cause -> inFlight.failed("the broker's channel closed", cause));
        channel.addReturnListener(
                returned ->
                        inFlight.failed(
                                "no queue takes routing key '%s' of exchange '%s': %s"
                                        .formatted(
                                                returned.getRoutingKey(),
                                                returned.getExchange(),
                                                returned.getReplyText()),
                                null));
        channel.addConfirmListener(inFlight::confirmed, inFlight::refused);
        channel.confirmSelect();
        return channel;
    }

    /** Sends once; the answer comes to {@code inFlight}. */
    void send(Attempt attempt) throws IOException {
        OutgoingMessage message = attempt.message();
        inFlight.sent(channel.getNextPublishSeqNo(), attempt);
        channel.basicPublish(
                message.exchange(),
                message.routingKey(),
                true,
                message.properties().builder().deliveryMode(PERSISTENT).build(),
                message.body());
    }

    /** Without waiting for the broker: what is unconfirmed is sent again by the next attempt. */
    @Override
    public void close() {
        connection.abort(CONNECT_TIMEOUT_MILLIS);
    }
}
