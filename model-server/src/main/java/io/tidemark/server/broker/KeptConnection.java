package io.tidemark.server.broker;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to the broker that is opened again every second while it is gone. Watched by
 * heartbeat, so that asking whether it is there costs nothing.
 */
public final class KeptConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeptConnection.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final ConnectionFactory factory = new ConnectionFactory();
    private final String name;
    private final Use use;
    private final ScheduledExecutorService thread;
    private volatile @Nullable Connection connection;
    private volatile String failure = "not connected yet";

    /** What is done with each new connection. */
    @FunctionalInterface
    public interface Use {
        /** May fail: the connection is closed then, and another one opened a second later. */
        void begin(Connection connection) throws IOException;
    }

    private KeptConnection(URI broker, String name, Use use) {
        this.name = name;
        this.use = use;
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
                            Thread keeper = new Thread(task, name);
                            keeper.setDaemon(true);
                            return keeper;
                        });
        factory.setThreadFactory(
                task -> {
                    Thread reader = new Thread(task, name + "-io");
                    reader.setDaemon(true);
                    return reader;
                });
    }

    /**
     * Opens it in the background.
     *
     * @param name of its threads, and part of what the broker lists
     */
    public static KeptConnection start(URI broker, String name, Use use) {
        KeptConnection kept = new KeptConnection(broker, name, use);
        var unused =
                kept.thread.scheduleWithFixedDelay(
                        kept::keepConnected, 0, RETRY.toMillis(), TimeUnit.MILLISECONDS);
        return kept;
    }

    /** Whether it is there, as far as heartbeats tell. */
    public boolean isOpen() {
        Connection current = connection;
        return current != null && current.isOpen();
    }

    /** Why it was not there when it was tried last. */
    public String failure() {
        return failure;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        abort(connection);
    }

    private void keepConnected() {
        if (isOpen()) {
            return;
        }
        @Nullable Connection opened = null;
        try {
            opened = factory.newConnection("tidemark-model-server " + name);
            use.begin(opened);
            connection = opened;
        } catch (IOException | TimeoutException | RuntimeException e) {
            String told = "cannot connect: " + e.getClass().getSimpleName();
            if (!told.equals(failure)) {
                LOG.warn("{}: {}", name, e.toString());
            }
            failure = told;
            abort(opened);
        }
    }

    private static void abort(@Nullable Connection connection) {
        if (connection != null) {
            connection.abort(1_000);
        }
    }
}
