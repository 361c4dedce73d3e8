package io.tidemark.bench.latency;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import io.tidemark.bench.load.MarketMix;
import io.tidemark.bench.load.WallClock;
import io.tidemark.schemas.wire.FeatureMessage;
import io.tidemark.schemas.wire.RefusedException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/**
 * Sees rows as a listener of {@code features.live} does, through an exclusive queue bound to the
 * exchange. Messages of other symbols are not ours.
 */
final class LiveReader implements AutoCloseable {
    private static final String EXCHANGE = "features.live";

    private final Connection connection;
    private final LongAdder messages = new LongAdder();

    private LiveReader(Connection connection) {
        this.connection = connection;
    }

    static LiveReader start(ConnectionFactory broker, Sightings sightings, WallClock clock)
            throws IOException, TimeoutException {
        Map<String, Integer> symbols = new HashMap<>();
        for (int i = 0; i < sightings.grid().symbols(); i++) {
            symbols.put(MarketMix.name(i), i);
        }
        Connection connection = broker.newConnection("tidemark-bench-live");
        Channel channel = connection.createChannel();
        channel.exchangeDeclare(EXCHANGE, BuiltinExchangeType.TOPIC, true);
        String queue = channel.queueDeclare().getQueue();
        channel.queueBind(queue, EXCHANGE, "#");
        LiveReader reader = new LiveReader(connection);
        channel.basicConsume(
                queue,
                true,
                new DefaultConsumer(channel) {
                    @Override
                    public void handleDelivery(
                            String tag, Envelope envelope, BasicProperties properties, byte[] body)
                            throws IOException {
                        long now = clock.micros();
                        Integer symbol = symbols.get(envelope.getRoutingKey());
                        if (symbol != null) {
                            reader.messages.increment();
                            sightings.see(symbol, gridMicros(body), now);
                        }
                    }
                });
        return reader;
    }

    private static long gridMicros(byte[] body) throws IOException {
        try {
            return FeatureMessage.parse(body).gridTimeMicros();
        } catch (RefusedException e) {
            throw new IOException("features.live gave what is no feature message", e);
        }
    }

    /** Messages of our symbols so far. */
    long messages() {
        return messages.sum();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
