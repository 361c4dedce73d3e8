package io.tidemark.job.source;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import io.tidemark.schemas.event.EventType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** Queues of one test on the RabbitMQ that {@code TIDEMARK_TEST_AMQP_URI} names. */
final class TestQueues implements AutoCloseable {
    static final Instant START = Instant.parse("2026-01-05T10:00:00Z");

    final BrokerConnection broker;
    private final String prefix = "tidemark.test.source-" + System.nanoTime() + ".";
    private final Connection connection;
    private final Channel channel;

    private TestQueues(String uri) throws Exception {
        broker = new BrokerConnection(uri);
        ConnectionFactory factory = broker.factory();
        connection = factory.newConnection("test");
        channel = connection.createChannel();
        channel.confirmSelect();
    }

    /** Skips the test where no broker is named. */
    static TestQueues orSkip() throws Exception {
        String uri = System.getenv("TIDEMARK_TEST_AMQP_URI");
        assumeTrue(uri != null, "TIDEMARK_TEST_AMQP_URI names no broker");
        return new TestQueues(requireNonNull(uri));
    }

    SourceSettings settings(int maxUnacknowledged) {
        return settings(maxUnacknowledged, 1);
    }

    SourceSettings settings(int maxUnacknowledged, int queuesPerType) {
        return new SourceSettings(
                prefix,
                queuesPerType,
                1,
                maxUnacknowledged,
                Duration.ofMillis(20),
                Duration.ofSeconds(2),
                1 << 20,
                Duration.ofDays(10_000),
                new SourceSettings.QueueArguments(Duration.ofDays(1), 1_000_000));
    }

    String name(EventType type) {
        return prefix + type.wireName();
    }

    QueueSplit unread(EventType type) {
        return QueueSplit.unread(name(type), type);
    }

    void declare(EventType type, Map<String, Object> arguments) throws Exception {
        channel.queueDeclare(name(type), true, false, false, arguments);
    }

    void delete(EventType type) throws Exception {
        channel.queueDelete(name(type));
    }

    /** A consumer as the source's, on the channel returned. */
    Channel consume(EventType type, Inbox inbox) throws Exception {
        declare(type, Map.of());
        Channel own = connection.createChannel();
        OpenQueue queue =
                new OpenQueue(unread(type), new EventClock(1_000, 0), own, new AtomicLong(), 10, 0);
        InboundDecoder decoder =
                new InboundDecoder(type, name(type), settings(10), new UnregisteredMetricsGroup());
        own.basicConsume(name(type), false, new QueueConsumer(queue, decoder, inbox));
        return own;
    }

    boolean exists(EventType type) throws Exception {
        return MarketQueue.exists(connection, name(type));
    }

    long ready(EventType type) throws Exception {
        return channel.messageCount(name(type));
    }

    /** Trades from..to-1, a millisecond apart. */
    void publishTrades(int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            publish(EventType.TRADE, trade(i).getBytes(StandardCharsets.UTF_8));
        }
        channel.waitForConfirmsOrDie(30_000);
    }

    void publishAndConfirm(EventType type, byte[] body) throws Exception {
        publish(type, body);
        channel.waitForConfirmsOrDie(30_000);
    }

    private void publish(EventType type, byte[] body) throws Exception {
        channel.basicPublish("", name(type), MessageProperties.PERSISTENT_TEXT_PLAIN, body);
    }

    static String trade(int number) {
        Instant at = START.plusMillis(number);
        return """
        {"event_id":"%1$d","event_type":"trade","topic":"publicTrade.BTCUSDT","timestamp":"%2$s",\
        "received_at":"%2$s","payload":{"T":%3$d,"s":"BTCUSDT","S":"Buy","v":"0.1","p":"50000",\
        "L":"PlusTick","i":"%1$d","BT":false},"trace_id":"t"}"""
                .formatted(
                        number, at.atOffset(ZoneOffset.UTC).toLocalDateTime(), at.toEpochMilli());
    }

    /** The wire ids of trades from..to-1. */
    static List<String> ids(int from, int to) {
        List<String> ids = new ArrayList<>();
        for (int i = from; i < to; i++) {
            ids.add(Integer.toString(i));
        }
        return ids;
    }

    @Override
    public void close() throws IOException {
        for (EventType type : EventType.values()) {
            channel.queueDelete(name(type));
        }
        connection.close();
    }
}
