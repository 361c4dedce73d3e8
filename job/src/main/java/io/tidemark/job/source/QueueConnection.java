package io.tidemark.job.source;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;

/**
 * A connection to the broker for one queue alone. With two on one connection, what the broker says
 * about the second comes through the socket behind deliveries of the first, and those wait for the
 * task, which waits for what the broker says: a task that begins to read a queue takes nothing
 * meanwhile. The client lifts its bound on undelivered messages for the time of a call, but not of
 * every: the end of one call, worked on late, puts the bound back in the next.
 */
final class QueueConnection implements AutoCloseable {
    private static final int CLOSE_MILLIS = 5_000;

    private final Connection connection;
    private final Deliveries deliveries;

    private QueueConnection(Connection connection, Deliveries deliveries) {
        this.connection = connection;
        this.deliveries = deliveries;
    }

    /**
     * Connects.
     *
     * @param name shown by the broker
     * @param delivering runs what the client has for consumers
     * @param inbox told when the connection is lost
     * @throws IOException when the broker cannot be reached or refuses the user; it says which
     *     broker
     */
    static QueueConnection open(
            BrokerConnection broker, String name, ExecutorService delivering, Inbox inbox)
            throws IOException {
        ConnectionFactory factory = broker.factory();
        Deliveries deliveries = new Deliveries();
        factory.setMetricsCollector(deliveries);
        // An answer may wait behind deliveries for as long as the job is held back. A broker that
        // is gone is found out by heartbeats.
        factory.setChannelRpcTimeout(0);
        try {
            Connection connection = factory.newConnection(delivering, name);
            connection.addShutdownListener(signal -> lost(signal, inbox));
            return new QueueConnection(connection, deliveries);
        } catch (IOException | TimeoutException e) {
            throw new IOException("cannot connect to the broker at " + broker, e);
        }
    }

    private static void lost(ShutdownSignalException signal, Inbox inbox) {
        if (!signal.isInitiatedByApplication()) {
            inbox.fail(
                    new IOException(
                            "the connection to the broker was lost: " + signal.getMessage(),
                            signal));
        }
    }

    /** The client's. */
    Connection client() {
        return connection;
    }

    /** What has come off its socket. */
    Deliveries deliveries() {
        return deliveries;
    }

    /** The broker takes back what was not acknowledged. */
    @Override
    public void close() {
        connection.abort(CLOSE_MILLIS);
    }
}
