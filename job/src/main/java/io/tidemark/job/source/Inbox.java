package io.tidemark.job.source;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What has come from the broker and was not yet taken by the reader's task. Bounded: who brings
 * more waits, which in the end keeps bytes in the broker's socket and messages in their queues.
 *
 * <p>The task takes everything at once, so it meets the other threads once a batch and not once a
 * message.
 */
final class Inbox implements AutoCloseable {
    private static final int MAX_MESSAGES = 8_192;
    private static final long MAX_BYTES = 16L << 20;

    private ArrayDeque<Arrival> filling = new ArrayDeque<>();
    private long bytes;
    private CompletableFuture<Void> available = new CompletableFuture<>();
    private boolean closed;
    private @Nullable Throwable failure;

    /**
     * Adds a message; waits while there is no room. Dropped when closed: it is not acknowledged.
     */
    synchronized void put(Arrival.Delivery delivery) throws InterruptedException {
        while (!closed && (filling.size() >= MAX_MESSAGES || bytes >= MAX_BYTES)) {
            wait();
        }
        bytes += delivery.bytes();
        add(delivery);
    }

    /** Adds a time reached, behind what came before it. */
    synchronized void put(Arrival.Reached reached) {
        add(reached);
    }

    /** Ends the reading: the task is told at its next look. The first cause stays. */
    synchronized void fail(Throwable cause) {
        if (!closed && failure == null) {
            failure = cause;
            available.complete(null);
        }
    }

    /**
     * Everything that has come.
     *
     * @param empty to be filled next
     * @throws IOException when the connection, a channel or a consumer is gone
     */
    synchronized ArrayDeque<Arrival> takeAll(ArrayDeque<Arrival> empty) throws IOException {
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
        ArrayDeque<Arrival> taken = filling;
        filling = empty;
        bytes = 0;
        if (available.isDone()) {
            available = new CompletableFuture<>();
        }
        notifyAll();
        return taken;
    }

    /** Done when there is something to take. */
    synchronized CompletableFuture<Void> available() {
        return available;
    }

    /** How many wait. */
    synchronized int size() {
        return filling.size();
    }

    @Override
    public synchronized void close() {
        closed = true;
        filling.clear();
        notifyAll();
    }

    private void add(Arrival arrival) {
        if (closed) {
            return;
        }
        filling.add(arrival);
        available.complete(null);
    }
}
