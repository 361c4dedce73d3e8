package io.tidemark.job.source;

import com.rabbitmq.client.Channel;
import io.tidemark.schemas.event.EventType;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A queue that is being read, as three threads see it: the client's, which brings deliveries; the
 * task's, which takes them; the session's, which acknowledge and ask.
 */
final class OpenQueue {
    /**
     * A message that a restored checkpoint holds is awaited this long: the broker's consumer
     * timeout, after which it takes everything back, and five minutes.
     */
    private static final long AWAITED_MILLIS = 35L * 60 * 1_000;

    private final String name;
    private final EventType type;
    private final EventClock clock;
    private final Channel channel;
    private final AtomicLong received;
    private final int maxUnacknowledged;
    private final Unacknowledged unacknowledged = new Unacknowledged();
    private final AwaitedDeliveries awaited;

    private volatile long taken;
    private volatile long backlog;
    private long acknowledged;
    private boolean closed;

    /**
     * @param received the last delivery that came off the socket
     * @param nowMillis of a clock that is never set, as all times here
     */
    OpenQueue(
            QueueSplit split,
            EventClock clock,
            Channel channel,
            AtomicLong received,
            int maxUnacknowledged,
            long nowMillis) {
        this.name = split.queue();
        this.type = split.type();
        this.clock = clock;
        this.channel = channel;
        this.received = received;
        this.maxUnacknowledged = maxUnacknowledged;
        this.awaited = new AwaitedDeliveries(4 * maxUnacknowledged);
        await(split, nowMillis);
    }

    private void await(QueueSplit split, long nowMillis) {
        long[] fresh = split.unacknowledged();
        for (int i = 0; i < fresh.length; i += 2) {
            awaited.add(fresh[i], fresh[i + 1], nowMillis + AWAITED_MILLIS);
        }
        awaited.addLeft(split.awaited(), nowMillis, AWAITED_MILLIS);
    }

    String name() {
        return name;
    }

    EventClock clock() {
        return clock;
    }

    Channel channel() {
        return channel;
    }

    Unacknowledged unacknowledged() {
        return unacknowledged;
    }

    /**
     * Takes a delivery. By the task.
     *
     * @return whether it is new; false when a restored checkpoint holds it
     */
    boolean take(Arrival.Delivery delivery) {
        boolean known = delivery.redelivered() && awaited.take(delivery.identity());
        unacknowledged.add(delivery.tag(), delivery.identity());
        taken = delivery.tag();
        return !known;
    }

    /** What a checkpoint keeps of it. By the task. */
    QueueSplit snapshot(long checkpointId, long nowMillis) {
        unacknowledged.checkpoint(checkpointId);
        awaited.expire(nowMillis);
        return new QueueSplit(name, type, unacknowledged.toArray(), awaited.left(nowMillis));
    }

    /** Whether deliveries are on their way from the socket to the task. */
    boolean isComing() {
        return received.get() != taken;
    }

    /** Waits until the delivery is within the bound. By the client's thread. */
    synchronized void awaitRoom(long tag) throws InterruptedException {
        while (!closed && tag - acknowledged > maxUnacknowledged) {
            wait();
        }
    }

    /** Nobody waits for room any more. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** The broker was told. */
    synchronized void acknowledgedUpTo(long tag) {
        acknowledged = tag;
        notifyAll();
    }

    /** The last delivery that the broker was told to forget. */
    synchronized long acknowledged() {
        return acknowledged;
    }

    /** Deliveries that came and were not acknowledged. */
    long outstanding() {
        return received.get() - acknowledged();
    }

    /** Whether more than half of the bound is used up. */
    boolean isCrowded() {
        return 2 * outstanding() > maxUnacknowledged;
    }

    /** Messages at the broker that no consumer has been given, as last asked. */
    long backlog() {
        return backlog;
    }

    void noteBacklog(long messages) {
        backlog = messages;
    }
}
