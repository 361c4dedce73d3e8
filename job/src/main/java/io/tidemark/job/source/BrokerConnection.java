package io.tidemark.job.source;

import com.rabbitmq.client.ConnectionFactory;
import java.io.Serializable;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;

/**
 * Where the broker is and how a connection to it behaves. Flink restarts a task whose connection
 * breaks, so the client's own recovery, which loses delivery tags and confirms, is off.
 *
 * @param uri {@code amqp://user:password@host:port/vhost}, or {@code amqps:}
 */
public record BrokerConnection(String uri) implements Serializable {

    private static final int HEARTBEAT_SECONDS = 10;
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    private static final int RPC_TIMEOUT_MILLIS = 30_000;

    /** A factory of connections. */
    public ConnectionFactory factory() {
        ConnectionFactory factory = new ConnectionFactory();
        try {
            factory.setUri(uri);
        } catch (URISyntaxException | GeneralSecurityException | IllegalArgumentException e) {
            // The URI holds the password: neither it nor a cause that quotes it may reach a log.
            throw new IllegalArgumentException(
                    "the broker's address is not a URI of the form amqp://user:password@host:port/vhost");
        }
        factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
        factory.setConnectionTimeout(CONNECT_TIMEOUT_MILLIS);
        factory.setChannelRpcTimeout(RPC_TIMEOUT_MILLIS);
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        return factory;
    }

    /** The address without the user and the password. */
    @Override
    public String toString() {
        ConnectionFactory factory = factory();
        return "amqp://%s:%d/%s"
                .formatted(factory.getHost(), factory.getPort(), factory.getVirtualHost());
    }
}
