package io.tidemark.local.publish;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConfirmListener;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.Return;
import com.rabbitmq.client.ShutdownSignalException;
import io.tidemark.schemas.event.MarketQueues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Publishes persistent, mandatory messages with confirms: at most {@value #MAX_IN_FLIGHT} are
 * unconfirmed, one the broker refuses (nack) is sent again, one it cannot route is an error.
 *
 * <p>One thread publishes; the counters may be read by any.
 */
final class ConfirmedPublisher implements AutoCloseable {
    static final int MAX_IN_FLIGHT = 1_000;

    private static final long CONFIRM_LIMIT_SECONDS = 60;

    private final Channel channel;
    private final MarketQueues queues;
    private final Semaphore room = new Semaphore(MAX_IN_FLIGHT);
    private final ConcurrentNavigableMap<Long, OutgoingMessage> inFlight =
            new ConcurrentSkipListMap<>();
    private final Queue<OutgoingMessage> refused = new ConcurrentLinkedQueue<>();
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong confirmed = new AtomicLong();
    private final AtomicLong resent = new AtomicLong();
    private volatile @Nullable String failure;

    private ConfirmedPublisher(Channel channel, MarketQueues queues) {
        this.channel = channel;
        this.queues = queues;
    }

    static ConfirmedPublisher on(Connection connection, MarketQueues queues) throws IOException {
        ConfirmedPublisher publisher = new ConfirmedPublisher(connection.createChannel(), queues);
        publisher.listen();
        return publisher;
    }

    private void listen() throws IOException {
        channel.confirmSelect();
        channel.addConfirmListener(
                new ConfirmListener() {
                    @Override
                    public void handleAck(long tag, boolean multiple) {
                        settle(tag, multiple, false);
                    }

                    @Override
                    public void handleNack(long tag, boolean multiple) {
                        settle(tag, multiple, true);
                    }
                });
        channel.addReturnListener(ConfirmedPublisher.this::returned);
        channel.addShutdownListener(
                cause -> {
                    if (!cause.isInitiatedByApplication()) {
                        fail("the broker closed the channel: " + cause.getMessage());
                    }
                });
    }

    /**
     * Sends a message; waits while too many are unconfirmed.
     *
     * @throws IOException when the broker is gone, cannot route a message, or confirms nothing for
     *     a minute
     */
    void publish(OutgoingMessage message) throws IOException, InterruptedException {
        resendRefused();
        send(message);
        published.incrementAndGet();
    }

    /** Waits until every message is confirmed. */
    void flush() throws IOException, InterruptedException {
        do {
            resendRefused();
            acquire(MAX_IN_FLIGHT);
            room.release(MAX_IN_FLIGHT);
        } while (!refused.isEmpty());
        checkAlive();
    }

    /** Different messages handed to the broker. */
    long published() {
        return published.get();
    }

    /** Messages the broker has taken responsibility for. */
    long confirmed() {
        return confirmed.get();
    }

    /** Messages sent again after a refusal. */
    long resent() {
        return resent.get();
    }

    /**
     * Messages sent and not confirmed, in the order of sending; final once the channel is closed.
     */
    List<OutgoingMessage> unconfirmed() {
        List<OutgoingMessage> messages = new ArrayList<>(refused);
        messages.addAll(inFlight.values());
        return messages;
    }

    private void resendRefused() throws IOException, InterruptedException {
        for (OutgoingMessage again = refused.poll(); again != null; again = refused.poll()) {
            send(again);
            resent.incrementAndGet();
        }
    }

    private void send(OutgoingMessage message) throws IOException, InterruptedException {
        acquire(1);
        inFlight.put(channel.getNextPublishSeqNo(), message);
        try {
            channel.basicPublish(
                    "",
                    queues.of(message.type(), message.symbol()),
                    true,
                    false,
                    properties(message),
                    message.body());
        } catch (ShutdownSignalException e) {
            throw new IOException("the broker is gone: " + e.getMessage(), e);
        }
    }

    private static AMQP.BasicProperties properties(OutgoingMessage message) {
        return MessageProperties.PERSISTENT_TEXT_PLAIN
                .builder()
                .contentType("application/json")
                .headers(
                        Map.of(
                                "event_type", message.type().wireName(),
                                "topic", message.topic(),
                                "trace_id", message.traceId()))
                .build();
    }

    private void acquire(int permits) throws IOException, InterruptedException {
        checkAlive();
        if (!room.tryAcquire(permits, CONFIRM_LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException(
                    "the broker confirmed nothing for %d s with %d messages unconfirmed"
                            .formatted(CONFIRM_LIMIT_SECONDS, inFlight.size()));
        }
        if (failure != null) {
            room.release(permits);
            checkAlive();
        }
    }

    private void checkAlive() throws IOException {
        String reason = failure;
        if (reason != null) {
            throw new IOException(reason);
        }
    }

    private void settle(long tag, boolean multiple, boolean again) {
        Map<Long, OutgoingMessage> settled =
                multiple ? inFlight.headMap(tag, true) : inFlight.subMap(tag, true, tag, true);
        int count = 0;
        for (Long one : settled.keySet()) {
            OutgoingMessage message = inFlight.remove(one);
            if (message != null) {
                count++;
                if (again) {
                    refused.add(message);
                }
            }
        }
        if (!again) {
            // Before the room is given back: whoever waits for it in flush() then reads the count.
            confirmed.addAndGet(count);
        }
        room.release(count);
    }

    private void returned(Return message) {
        fail(
                "the broker could not route a message to queue %s: %d %s"
                        .formatted(
                                message.getRoutingKey(),
                                message.getReplyCode(),
                                message.getReplyText()));
    }

    private void fail(String reason) {
        if (failure == null) {
            failure = reason;
        }
        // Whoever waits for room must wake up and see it.
        room.release(MAX_IN_FLIGHT);
    }

    @Override
    public void close() throws IOException {
        try {
            if (channel.isOpen()) {
                channel.close();
            }
        } catch (TimeoutException e) {
            throw new IOException("the broker did not answer when the channel was closed", e);
        }
    }
}
