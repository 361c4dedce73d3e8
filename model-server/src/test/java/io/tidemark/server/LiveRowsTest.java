package io.tidemark.server;

import static io.tidemark.server.TestClient.eventually;
import static io.tidemark.server.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.tidemark.schemas.wire.FeatureMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictions from what features.live told, and from the store when it is silent. */
final class LiveRowsTest {
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @TempDir Path data;
    @TempDir Path work;
    @TempDir Path models;

    @Test
    void answersFromMemoryWhileItIsTold() throws Exception {
        try (TestDatabase database = TestDatabase.migrated(data);
                TestBroker broker = new TestBroker(work)) {
            broker.start();
            database.register("1.0.0", List.of("mid_price", "spread"));
            database.insert("BTCUSDT", "1.0.0", now.minusSeconds(5), 1.0, 0.5);
            TestModels.activate(database, models);
            Map<String, String> settings =
                    Map.of(
                            "broker.uri",
                            uri(broker),
                            "models.directory",
                            models.toString(),
                            "predictions.trust-live-rows",
                            "1h");
            try (ModelServer server = TestClient.start(database, settings);
                    Connection connection = connect(broker)) {
                TestClient client = new TestClient(server);
                eventually("from the store", () -> prediction(client, 1.0));

                Channel channel = connection.createChannel();
                channel.exchangeDeclare("features.live", BuiltinExchangeType.TOPIC, true);
                eventually(
                        "from memory",
                        () -> {
                            tell(channel, "BTCUSDT", "1.0.0", now, 2.0);
                            return prediction(client, 2.0);
                        });
                JsonNode answer = json(client.get("/predict?symbol=BTCUSDT"));
                assertThat(answer.get("feature_timestamp").asText()).isEqualTo(now.toString());
                assertThat(answer.get("missing_features").get(0).asText()).isEqualTo("spread");
                assertThat(answer.get("degraded_input").asBoolean()).isTrue();
                assertThat(client.get("/predict?symbol=BTCUSDT&max_age_ms=0").statusCode())
                        .as("a row has an age wherever it comes from")
                        .isEqualTo(409);

                tell(channel, "BTCUSDT", "1.0.0", now.minusSeconds(9), 3.0);
                tell(channel, "BTCUSDT", "2.0.0", now, 4.0);
                channel.basicPublish(
                        "features.live",
                        "BTCUSDT",
                        new BasicProperties(),
                        "no row".getBytes(StandardCharsets.UTF_8));
                tell(channel, "ETHUSDT", "1.0.0", now, 5.0);
                eventually("all were told", () -> prediction(client, "ETHUSDT", 5.0));
                assertThat(prediction(client, 2.0))
                        .as("neither an older row nor another version's takes its place")
                        .isTrue();
            }
        }
    }

    @Test
    void asksTheStoreWhenTheFeedIsSilent() throws Exception {
        try (TestDatabase database = TestDatabase.migrated(data);
                TestBroker broker = new TestBroker(work)) {
            broker.start();
            database.register("1.0.0", List.of("mid_price", "spread"));
            database.insert("BTCUSDT", "1.0.0", now, 1.0, 0.5);
            TestModels.activate(database, models);
            Map<String, String> settings =
                    Map.of(
                            "broker.uri",
                            uri(broker),
                            "models.directory",
                            models.toString(),
                            "predictions.trust-live-rows",
                            "1s");
            try (ModelServer server = TestClient.start(database, settings)) {
                Connection connection = connect(broker);
                TestClient client = new TestClient(server);
                Channel channel = connection.createChannel();
                channel.exchangeDeclare("features.live", BuiltinExchangeType.TOPIC, true);
                eventually(
                        "from memory",
                        () -> {
                            tell(channel, "BTCUSDT", "1.0.0", now.plusSeconds(1), 2.0);
                            return prediction(client, 2.0);
                        });
                database.insert("BTCUSDT", "1.0.0", now.plusSeconds(2), 3.0, 0.5);
                eventually("from the store again", () -> prediction(client, 3.0));
                connection.abort();
                broker.stop();
                assertThat(prediction(client, 3.0)).isTrue();
            }
        }
    }

    private static boolean prediction(TestClient client, double wanted) {
        return prediction(client, "BTCUSDT", wanted);
    }

    private static boolean prediction(TestClient client, String symbol, double wanted) {
        var response = client.get("/predict?symbol=" + symbol);
        return response.statusCode() == 200
                && json(response).get("prediction").asDouble() == wanted;
    }

    private static void tell(
            Channel channel, String symbol, String version, Instant time, double mid) {
        byte[] body =
                FeatureMessage.encode(
                        symbol,
                        ChronoUnit.MICROS.between(Instant.EPOCH, time),
                        version,
                        List.of("mid_price", "spread"),
                        new double[] {mid, Double.NaN},
                        null);
        try {
            channel.basicPublish("features.live", symbol, new BasicProperties(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Connection connect(TestBroker broker) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(uri(broker));
        return factory.newConnection();
    }

    private static String uri(TestBroker broker) {
        return "amqp://guest:canary@127.0.0.1:" + broker.port();
    }
}
