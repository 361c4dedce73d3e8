package io.tidemark.server.readiness;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the broker that exists only to know whether there is one. It is kept, watched by
 * heartbeat, and opened again every second while it is gone, so that asking costs nothing.
 */
public final class BrokerProbe implements AutoCloseable {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final ConnectionFactory factory = new ConnectionFactory();
    private final ScheduledExecutorService thread;
    private volatile @Nullable Connection connection;
    private volatile String failure = "not connected yet";

    private BrokerProbe(URI broker) {
        try {
            factory.setUri(broker);
            if ("amqps".equals(broker.getScheme())) {
                // The client's own default for amqps trusts any certificate.
                factory.useSslProtocol(SSLContext.getDefault());
                factory.enableHostnameVerification();
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("broker.uri needs TLS, which cannot be set up", e);
        }
        factory.setConnectionTimeout(1_000);
        factory.setHandshakeTimeout(2_000);
        factory.setShutdownTimeout(1_000);
        factory.setRequestedHeartbeat(5);
        factory.setAutomaticRecoveryEnabled(false);
        thread =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread keeper = new Thread(task, "broker-probe");
                            keeper.setDaemon(true);
                            return keeper;
                        });
        factory.setThreadFactory(
                task -> {
                    Thread reader = new Thread(task, "broker-probe-io");
                    reader.setDaemon(true);
                    return reader;
                });
    }

    public static BrokerProbe start(URI broker) {
        BrokerProbe probe = new BrokerProbe(broker);
        var unused =
                probe.thread.scheduleWithFixedDelay(
                        probe::keepConnected, 0, RETRY.toMillis(), TimeUnit.MILLISECONDS);
        return probe;
    }

    Check check() {
        Connection current = connection;
        return current != null && current.isOpen()
                ? Check.passed("broker", "connected")
                : Check.failed("broker", failure);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        Connection current = connection;
        if (current != null) {
            current.abort(1_000);
        }
    }

    private void keepConnected() {
        Connection current = connection;
        if (current != null && current.isOpen()) {
            return;
        }
        try {
            connection = factory.newConnection("tidemark-model-server");
        } catch (IOException | TimeoutException | RuntimeException e) {
            failure = "cannot connect: " + e.getClass().getSimpleName();
        }
    }
}
