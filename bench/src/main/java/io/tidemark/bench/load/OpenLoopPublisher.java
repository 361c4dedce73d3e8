package io.tidemark.bench.load;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.wire.EnvelopeEncoder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Sends events at the times of a schedule as the gateway does: persistent envelopes to a queue per
 * type, without correlation id. Never waits for the system under test; when it is late (the broker
 * holds it, the machine is busy) it sends what is due at once and the delay is in the figures.
 */
public final class OpenLoopPublisher implements Callable<OpenLoopPublisher.Sent> {
    private static final int MAX_DELAY_SECONDS = 600;

    private final ConnectionFactory broker;
    private final String queuePrefix;
    private final EventSchedule schedule;
    private final MarketMix mix;
    private final long count;
    private final WallClock clock;

    /**
     * A publisher of events 0 to count - 1.
     *
     * @param queuePrefix queues are this and the type's wire name; they exist already
     */
    public OpenLoopPublisher(
            ConnectionFactory broker,
            String queuePrefix,
            EventSchedule schedule,
            MarketMix mix,
            long count,
            WallClock clock) {
        this.broker = broker;
        this.queuePrefix = queuePrefix;
        this.schedule = schedule;
        this.mix = mix;
        this.count = count;
        this.clock = clock;
    }

    /**
     * What was sent.
     *
     * @param delays sent - intended, microseconds
     * @param bytes bodies only
     * @param threadCpuNanos CPU of the sending thread; the client's own I/O thread not counted
     */
    public record Sent(
            long events,
            long bytes,
            long firstMicros,
            long lastMicros,
            Histogram delays,
            long threadCpuNanos) {

        /** Events a second from the first to the last. */
        public double achievedRate() {
            return (events - 1) * 1e6 / Math.max(1, lastMicros - firstMicros);
        }
    }

    @Override
    public Sent call() throws IOException, TimeoutException, InterruptedException {
        try (Connection connection = broker.newConnection("tidemark-bench-publisher")) {
            Channel channel = connection.createChannel();
            channel.confirmSelect();
            Sent sent = send(channel);
            if (!channel.waitForConfirms(TimeUnit.SECONDS.toMillis(30))) {
                throw new IOException("the broker refused messages of the load");
            }
            return sent;
        }
    }

    private Sent send(Channel channel) throws IOException {
        BasicProperties persistent =
                new BasicProperties.Builder()
                        .deliveryMode(2)
                        .contentType("application/json")
                        .headers(Map.of("trace_id", "bench"))
                        .build();
        SyntheticMarket market = new SyntheticMarket(mix);
        EnvelopeEncoder encoder = new EnvelopeEncoder();
        Histogram delays = new Histogram(TimeUnit.SECONDS.toMicros(MAX_DELAY_SECONDS), 3);
        long bytes = 0;
        long first = 0;
        long now = 0;
        for (long n = 0; n < count; n++) {
            long intended = schedule.intendedMicros(n);
            now = waitUntil(intended);
            first = n == 0 ? now : first;
            MarketEvent event = market.event(n, schedule.eventTimeMicros(n));
            byte[] body = encoder.encode(event, EnvelopeEncoder.topic(event), null, null);
            channel.basicPublish("", queuePrefix + event.type().wireName(), persistent, body);
            bytes += body.length;
            delays.recordValue(Math.max(0, clock.micros() - intended));
        }
        return new Sent(count, bytes, first, now, delays, threadCpuNanos());
    }

    private long waitUntil(long micros) {
        long now = clock.micros();
        while (now < micros) {
            LockSupport.parkNanos((micros - now) * 1_000);
            now = clock.micros();
        }
        return now;
    }

    private static long threadCpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
