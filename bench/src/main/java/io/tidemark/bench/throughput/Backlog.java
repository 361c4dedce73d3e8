package io.tidemark.bench.throughput;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.tidemark.bench.load.EventSchedule;
import io.tidemark.bench.load.MarketMix;
import io.tidemark.bench.load.SyntheticMarket;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.MarketQueues;
import io.tidemark.schemas.wire.EnvelopeEncoder;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Fills the queues with what a market would have left in them while the job was away. */
final class Backlog {
    private static final int CONFIRM_EVERY = 1_000;

    private Backlog() {}

    /**
     * Publishes events 0 to count - 1, persistent, as fast as the broker confirms them.
     *
     * @return bytes of body
     */
    static long fill(
            ConnectionFactory broker,
            MarketQueues queues,
            EventSchedule times,
            MarketMix mix,
            long count)
            throws IOException, TimeoutException, InterruptedException {
        BasicProperties persistent =
                new BasicProperties.Builder()
                        .deliveryMode(2)
                        .contentType("application/json")
                        .build();
        SyntheticMarket market = new SyntheticMarket(mix);
        EnvelopeEncoder encoder = new EnvelopeEncoder();
        long bytes = 0;
        try (Connection connection = broker.newConnection("tidemark-bench-backlog");
                Channel channel = connection.createChannel()) {
            channel.confirmSelect();
            for (long n = 0; n < count; n++) {
                MarketEvent event = market.event(n, times.eventTimeMicros(n));
                byte[] body = encoder.encode(event, EnvelopeEncoder.topic(event), null, null);
                bytes += body.length;
                channel.basicPublish("", queues.of(event.type(), event.symbol()), persistent, body);
                if (n % CONFIRM_EVERY == CONFIRM_EVERY - 1) {
                    channel.waitForConfirmsOrDie(TimeUnit.SECONDS.toMillis(30));
                }
            }
            channel.waitForConfirmsOrDie(TimeUnit.SECONDS.toMillis(30));
        }
        return bytes;
    }
}
