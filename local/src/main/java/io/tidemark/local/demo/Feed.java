package io.tidemark.local.demo;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.tidemark.local.publish.GatewayQueues;
import io.tidemark.local.publish.GatewayQueues.QueueLimits;
import io.tidemark.local.publish.MessageSource;
import io.tidemark.local.publish.Publication;
import io.tidemark.local.publish.Publication.Progress;
import io.tidemark.local.publish.Speed;
import io.tidemark.local.publish.StopSignal;
import io.tidemark.schemas.event.MarketQueues;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The thread that publishes the market. */
final class Feed implements AutoCloseable {
    private static final long MAX_BACKLOG = 50_000;
    private static final long STOP_LIMIT_MILLIS = 10_000;

    private final MessageSource source;
    private final Connection connection;
    private final StopSignal stop = new StopSignal();
    private final Thread thread;
    private volatile @Nullable Progress progress;
    private volatile @Nullable Throwable failure;

    private Feed(MessageSource source, Speed speed, Connection connection) {
        this.source = source;
        this.connection = connection;
        this.thread = new Thread(() -> publish(speed), "feed");
    }

    static Feed start(String amqpUri, MessageSource source, Speed speed) throws IOException {
        Connection connection = connect(amqpUri);
        GatewayQueues.ensure(connection, MarketQueues.GATEWAY, QueueLimits.GATEWAY);
        Feed feed = new Feed(source, speed, connection);
        feed.thread.setDaemon(true);
        feed.thread.start();
        return feed;
    }

    private static Connection connect(String amqpUri) throws IOException {
        try {
            ConnectionFactory factory = new ConnectionFactory();
            factory.setUri(amqpUri);
            factory.setAutomaticRecoveryEnabled(false);
            return factory.newConnection("tidemark-feed");
        } catch (URISyntaxException | GeneralSecurityException | TimeoutException e) {
            throw new IOException("cannot connect the feed to the broker", e);
        }
    }

    private void publish(Speed speed) {
        try {
            progress =
                    new Publication(
                                    source,
                                    MarketQueues.GATEWAY,
                                    speed,
                                    MAX_BACKLOG,
                                    stop,
                                    now -> progress = now)
                            .run(connection);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
    }

    /** How far it is; empty before the first message. */
    Optional<Progress> progress() {
        return Optional.ofNullable(progress);
    }

    /** Why it ended early; empty while it runs or when it ended well. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** Publishes no more, waits for the last confirms. */
    @Override
    public void close() throws IOException {
        stop.give();
        try {
            thread.join(STOP_LIMIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.abort();
        source.close();
    }
}
