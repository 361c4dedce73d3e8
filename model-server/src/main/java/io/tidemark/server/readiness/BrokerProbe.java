package io.tidemark.server.readiness;

import io.tidemark.server.broker.KeptConnection;
import java.net.URI;

/** A connection to the broker that exists only to know whether there is one. */
public final class BrokerProbe implements AutoCloseable {
    private final KeptConnection connection;

    private BrokerProbe(KeptConnection connection) {
        this.connection = connection;
    }

    public static BrokerProbe start(URI broker) {
        return new BrokerProbe(KeptConnection.start(broker, "broker-probe", opened -> {}));
    }

    Check check() {
        return connection.isOpen()
                ? Check.passed("broker", "connected")
                : Check.failed("broker", connection.failure());
    }

    @Override
    public void close() {
        connection.close();
    }
}
