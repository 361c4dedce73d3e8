package io.tidemark.job.publish;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import io.tidemark.features.engine.FeatureRow;
import io.tidemark.job.archive.FeatureColumns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against the RabbitMQ that {@code TIDEMARK_TEST_AMQP_URI} names; skipped without. */
class ConfirmedPublisherIT {
    private static final String QUEUE = "tidemark.test.publisher";
    private static final String EXCHANGE = "tidemark.test.exchange";
    private static final SinkWriter.Context NO_CONTEXT =
            new SinkWriter.Context() {
                @Override
                public long currentWatermark() {
                    return Long.MIN_VALUE;
                }

                @Override
                public Long timestamp() {
                    return Long.MIN_VALUE;
                }
            };

    private PublisherSettings settings;
    private Connection connection;
    private Channel channel;

    @BeforeEach
    void connect() throws Exception {
        String uri = System.getenv("TIDEMARK_TEST_AMQP_URI");
        assumeTrue(uri != null, "TIDEMARK_TEST_AMQP_URI names no broker");
        settings = PublisherSettings.of(requireNonNull(uri)).withMaxInFlight(10);
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(uri);
        connection = factory.newConnection();
        channel = connection.createChannel();
        clean();
    }

    @AfterEach
    void disconnect() throws Exception {
        if (connection != null) {
            clean();
            connection.close();
        }
    }

    @Test
    void everyMessageIsInTheQueueAndPersistentWhenACheckpointIsDone() throws Exception {
        try (ConfirmedPublisherWriter<String> writer = writer(queue(Map.of()))) {
            for (int i = 0; i < 500; i++) {
                writer.write("m" + i, NO_CONTEXT);
            }
            writer.flush(false);

            assertThat(channel.messageCount(QUEUE)).isEqualTo(500);
            GetResponse first = channel.basicGet(QUEUE, true);
            assertThat(new String(first.getBody(), StandardCharsets.UTF_8)).isEqualTo("m0");
            assertThat(first.getProps().getDeliveryMode()).isEqualTo(2);
            assertThat(first.getProps().getMessageId()).isEqualTo("id-m0");
        }
    }

    @Test
    void createsAnExchangeAQueueAndABindingThatLast() throws Exception {
        Destination destination = Destination.topic(EXCHANGE, QUEUE, Map.of("x-max-length", 7));
        MessageEncoder<String> encoder =
                text ->
                        new OutgoingMessage(
                                EXCHANGE, "BTCUSDT", new BasicProperties(), new byte[] {1});
        try (ConfirmedPublisherWriter<String> writer = writer(destination, encoder)) {
            writer.write("x", NO_CONTEXT);
            writer.flush(false);
        }
        assertThat(channel.messageCount(QUEUE)).isEqualTo(1);
        // Declared again with the same properties: the broker would refuse others.
        channel.exchangeDeclare(EXCHANGE, "topic", true);
        channel.queueDeclare(QUEUE, true, false, false, Map.of("x-max-length", 7));
    }

    @Test
    void takesAQueueThatExistsAsItIs() throws Exception {
        channel.queueDeclare(QUEUE, true, false, false, Map.of("x-message-ttl", 86_400_000));
        try (ConfirmedPublisherWriter<String> writer = writer(queue(Map.of("x-max-length", 7)))) {
            writer.write("x", NO_CONTEXT);
            writer.flush(false);
        }
        assertThat(channel.messageCount(QUEUE)).isEqualTo(1);
    }

    @Test
    void failsWhenNoQueueTakesAMessage() throws Exception {
        try (ConfirmedPublisherWriter<String> writer = writer(queue(Map.of()))) {
            channel.queueDelete(QUEUE);
            writer.write("x", NO_CONTEXT);
            assertThatThrownBy(() -> writer.flush(false))
                    .isInstanceOf(IOException.class)
                    .hasMessage("no queue takes routing key '%s' of exchange '': NO_ROUTE", QUEUE);
        }
    }

    @Test
    void failsWhenTheBrokerClosesTheChannel() throws Exception {
        MessageEncoder<String> nowhere =
                text ->
                        new OutgoingMessage(
                                "tidemark.test.nowhere", "k", new BasicProperties(), new byte[0]);
        try (ConfirmedPublisherWriter<String> writer = writer(queue(Map.of()), nowhere)) {
            writer.write("x", NO_CONTEXT);
            assertThatThrownBy(() -> writer.flush(false))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the broker's channel closed")
                    .hasStackTraceContaining("NOT_FOUND");
        }
    }

    @Test
    void failsWhenTheBrokerRefusesAMessageAgainAndAgain() throws Exception {
        Destination full = queue(Map.of("x-max-length", 1, "x-overflow", "reject-publish"));
        try (ConfirmedPublisherWriter<String> writer = writer(full)) {
            writer.write("a", NO_CONTEXT);
            writer.flush(false);
            writer.write("b", NO_CONTEXT);
            assertThatThrownBy(() -> writer.flush(false))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("refused it 3 times");
        }
    }

    @Test
    void saysWithoutThePasswordThatNoBrokerAnswers() {
        settings = PublisherSettings.of("amqp://me:secret@127.0.0.1:1/");
        assertThatThrownBy(() -> writer(queue(Map.of())))
                .isInstanceOf(IOException.class)
                .hasStackTraceContaining("Connection refused")
                .satisfies(e -> assertThat(e.toString()).doesNotContain("secret"));
    }

    @Test
    void publishesTheRowsOfAJob() throws Exception {
        deleteFeaturesLive();
        FeatureRow row =
                new FeatureRow(
                        "BTCUSDT", 1_765_112_006_000_000L, "1.0.0", new double[] {5}, 0, 0, 0);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        env.enableCheckpointing(100);
        env.fromData(TypeInformation.of(FeatureRow.class), row, row)
                .sinkTo(
                        FeaturesLive.sink(
                                settings.withConfirmTimeout(Duration.ofSeconds(10)),
                                FeatureColumns.of("1.0.0", List.of("mid_price")),
                                Map.of("x-max-length", 100_000)));
        env.execute();

        assertThat(channel.messageCount(FeaturesLive.NAME)).isEqualTo(2);
        GetResponse message = channel.basicGet(FeaturesLive.NAME, true);
        assertThat(message.getEnvelope().getRoutingKey()).isEqualTo("BTCUSDT");
        assertThat(message.getProps().getMessageId())
                .isEqualTo("BTCUSDT:2025-12-07T12:53:26+00:00:1.0.0");
        deleteFeaturesLive();
    }

    private ConfirmedPublisherWriter<String> writer(Destination destination) throws IOException {
        return writer(
                destination,
                text ->
                        new OutgoingMessage(
                                "",
                                QUEUE,
                                new BasicProperties.Builder().messageId("id-" + text).build(),
                                text.getBytes(StandardCharsets.UTF_8)));
    }

    private ConfirmedPublisherWriter<String> writer(
            Destination destination, MessageEncoder<String> encoder) throws IOException {
        return new ConfirmedPublisherWriter<>(
                settings, destination, encoder, "tidemark test", new UnregisteredMetricsGroup());
    }

    private static Destination queue(Map<String, Object> arguments) {
        return Destination.queue(QUEUE, arguments);
    }

    private void clean() throws IOException {
        channel.queueDelete(QUEUE);
        channel.exchangeDelete(EXCHANGE);
    }

    private void deleteFeaturesLive() throws IOException {
        channel.queueDelete(FeaturesLive.NAME);
        channel.exchangeDelete(FeaturesLive.NAME);
    }
}
