package io.tidemark.local.publish;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.tidemark.schemas.event.MarketQueues;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes over connections that break: each message until it is confirmed. One that was sent and
 * not confirmed when a connection broke is sent again, before any other; the broker may have it
 * twice then. For one thread.
 */
public final class ReconnectingPublisher implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int ABORT_MILLIS = 2_000;

    private final ConnectionFactory factory;
    private final MarketQueues queues;
    private final Duration patience;
    private final Consumer<OutgoingMessage> sentAgain;
    private final Deque<OutgoingMessage> pending = new ArrayDeque<>();
    private @Nullable Connection connection;
    private @Nullable ConfirmedPublisher publisher;
    private long confirmedBefore;

    /**
     * A publisher that connects when it has something to send.
     *
     * @param factory without automatic recovery
     * @param patience how long the broker may be away
     * @param sentAgain told of each message whose fate is not known
     */
    public ReconnectingPublisher(
            ConnectionFactory factory,
            MarketQueues queues,
            Duration patience,
            Consumer<OutgoingMessage> sentAgain) {
        this.factory = factory;
        this.queues = queues;
        this.patience = patience;
        this.sentAgain = sentAgain;
    }

    /** Sends it; waits while the broker is away. */
    public void publish(OutgoingMessage message) throws IOException, InterruptedException {
        pending.add(message);
        whileItBreaks(this::sendPending);
    }

    /** Waits until everything is confirmed. */
    public void flush() throws IOException, InterruptedException {
        whileItBreaks(
                open -> {
                    sendPending(open);
                    open.flush();
                });
    }

    /** Messages the broker has taken responsibility for; each counted once. */
    public long confirmed() {
        return confirmedBefore + (publisher == null ? 0 : publisher.confirmed());
    }

    @FunctionalInterface
    private interface Work {
        void on(ConfirmedPublisher open) throws IOException, InterruptedException;
    }

    private void whileItBreaks(Work work) throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                work.on(connected());
                return;
            } catch (IOException e) {
                disconnect();
                if (System.nanoTime() > end) {
                    throw new IOException("the broker was away for " + patience, e);
                }
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }

    private void sendPending(ConfirmedPublisher open) throws IOException, InterruptedException {
        while (!pending.isEmpty()) {
            open.publish(pending.element());
            pending.remove();
        }
    }

    private ConfirmedPublisher connected() throws IOException {
        ConfirmedPublisher open = publisher;
        if (open == null) {
            try {
                Connection fresh = factory.newConnection("tidemark-publish");
                connection = fresh;
                open = ConfirmedPublisher.on(fresh, queues);
                publisher = open;
            } catch (TimeoutException e) {
                throw new IOException("the broker does not answer", e);
            }
        }
        return open;
    }

    private void disconnect() {
        if (connection != null) {
            // After this no confirm comes any more.
            connection.abort(ABORT_MILLIS);
            connection = null;
        }
        if (publisher != null) {
            List<OutgoingMessage> unconfirmed = publisher.unconfirmed();
            // The one at hand may have been sent before its connection broke.
            if (!pending.isEmpty() && unconfirmed.contains(pending.element())) {
                pending.remove();
            }
            for (int i = unconfirmed.size() - 1; i >= 0; i--) {
                pending.addFirst(unconfirmed.get(i));
                sentAgain.accept(unconfirmed.get(i));
            }
            confirmedBefore += publisher.confirmed();
            publisher = null;
        }
    }

    @Override
    public void close() {
        disconnect();
    }
}
