package io.tidemark.server;

import static io.tidemark.server.TestClient.eventually;
import static io.tidemark.server.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of the past, also by the next server. */
final class MonitoringTest {
    private static final String ADMIN = "canary-admin-key-0123456789";

    @TempDir Path data;
    @TempDir Path models;
    private TestDatabase database;
    private ModelServer server;
    private TestClient client;

    @BeforeEach
    void start() {
        database = TestDatabase.migrated(data);
        database.register("1.0.0", List.of("mid_price", "spread"));
        TestModels.activate(database, models);
        serve();
    }

    private void serve() {
        server =
                TestClient.start(
                        database,
                        Map.of("admin.api-key", ADMIN, "models.directory", models.toString()));
        client = new TestClient(server);
        eventually("a model", () -> client.get("/health/models").statusCode() == 200);
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    @Test
    void latencyIsByRouteAndOutlivesTheServer() {
        database.insert("BTCUSDT", "1.0.0", Instant.now(), 1.0, 0.5);
        for (int i = 0; i < 20; i++) {
            assertThat(client.get("/predict?symbol=BTCUSDT").statusCode()).isEqualTo(200);
        }
        assertThat(client.get("/api/v1/predict?symbol=NONE").statusCode()).isEqualTo(404);
        assertThat(client.get("/no/such/path").statusCode()).isEqualTo(404);
        assertThat(client.send("BREW", "/teapot", BodyPublishers.noBody()).statusCode())
                .isGreaterThanOrEqualTo(400);

        eventually("counted", () -> predict().path("requests").asLong() == 21);
        JsonNode predict = predict();
        assertThat(predict.get("errors").asLong()).isZero();
        assertThat(predict.get("p50_ms").asDouble())
                .isPositive()
                .isLessThanOrEqualTo(predict.get("p99_ms").asDouble());
        assertThat(predict.get("p999_ms").asDouble())
                .isLessThanOrEqualTo(predict.get("max_ms").asDouble());
        assertThat(routes().fieldNames())
                .toIterable()
                .allMatch(route -> route.equals("none") || route.matches("GET /[^ ]*"));

        server.close();
        serve();
        assertThat(predict()).as("the same figures from the store").isEqualTo(predict);
        assertThat(client.get("/predict?symbol=BTCUSDT").statusCode()).isEqualTo(200);
        eventually("added", () -> predict().path("requests").asLong() == 22);
    }

    private JsonNode predict() {
        return routes().path("GET /predict");
    }

    private JsonNode routes() {
        return json(client.get("/monitoring/latency?window=1d")).get("routes");
    }

    @Test
    void freshnessSaysWhatWasNeverHeardOfByLeavingItOut() {
        JsonNode before = json(client.get("/monitoring/freshness"));
        assertThat(before.has("model_last_trained")).isTrue();
        assertThat(before.has("last_prediction_time")).isFalse();
        assertThat(before.has("upstream_last_seen")).isFalse();
        assertThat(before.get("symbols")).isEmpty();

        Instant row = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(3);
        database.insert("BTCUSDT", "1.0.0", row.minusSeconds(1), 1.0, 0.5);
        database.insert("BTCUSDT", "1.0.0", row, 1.0, 0.5);
        database.execute("UPDATE feature_row SET max_event_time = grid_time - interval '1 second'");
        assertThat(client.get("/predict?symbol=BTCUSDT").statusCode()).isEqualTo(200);

        JsonNode after = json(client.get("/monitoring/freshness"));
        assertThat(after.get("newest_row").asText()).isEqualTo(row.toString());
        assertThat(after.get("upstream_last_seen").asText())
                .isEqualTo(row.minusSeconds(1).toString());
        assertThat(after.at("/symbols/BTCUSDT/age_ms").asLong()).isGreaterThanOrEqualTo(3_000);
        assertThat(Instant.parse(after.get("last_prediction_time").asText())).isAfter(row);
    }

    @Test
    void historySaysWhenWhichVersionWasActive() {
        TestModels.activate(database, models);
        database.execute(
                "INSERT INTO model_activation (number, version, activated_by, reason)"
                        + " VALUES (3, 1, 'otto', 'worse')");
        JsonNode runs = json(client.get("/monitoring/history")).get("runs");
        assertThat(runs).hasSize(2);
        JsonNode second = runs.get(0);
        JsonNode first = runs.get(1);
        assertThat(second.get("version").asText()).isEqualTo("v2");
        assertThat(second.get("active")).hasSize(1);
        assertThat(first.get("active")).hasSize(2);
        assertThat(first.get("active").get(0).has("until")).as("it still is").isFalse();
        assertThat(first.get("active").get(0).get("by").asText()).isEqualTo("otto");
        assertThat(second.get("active").get(0).get("until"))
                .isEqualTo(first.get("active").get(0).get("from"));
        assertThat(first.get("active").get(1).get("until"))
                .isEqualTo(second.get("active").get(0).get("from"));
        assertThat(json(client.get("/monitoring/history?limit=1")).get("runs")).hasSize(1);
    }

    @Test
    void mlMetricsCountWhatIsRecorded() {
        assertThat(json(client.get("/metrics/ml")).has("cache_hit_rate")).isFalse();
        database.insert("BTCUSDT", "1.0.0", Instant.now(), 1.0, 0.5);
        for (int i = 0; i < 6; i++) {
            assertThat(client.get("/predict?symbol=BTCUSDT").statusCode()).isEqualTo(200);
        }
        JsonNode metrics = json(client.get("/metrics/ml"));
        assertThat(metrics.at("/models/v1/predictions").asLong()).isEqualTo(6);
        assertThat(metrics.get("predictions_per_second").asDouble()).isEqualTo(0.1);
        assertThat(metrics.get("active_version").asText()).isEqualTo("v1");
        assertThat(metrics.get("cache_hit_rate").asDouble()).as("no broker").isZero();
    }

    @Test
    void clearingTheAuditLeavesARecord() {
        database.insert("BTCUSDT", "1.0.0", Instant.now(), 1.0, 0.5);
        for (int i = 0; i < 3; i++) {
            assertThat(client.get("/predict?symbol=BTCUSDT").statusCode()).isEqualTo(200);
        }
        assertThat(clear("{\"cleared_by\":\"anna\"}")).isEqualTo(400);
        assertThat(clear("{\"cleared_by\":\"anna\",\"reason\":\"test\",\"keep_seconds\":3600}"))
                .isEqualTo(200);
        assertThat(recorded()).as("younger than what is kept").hasSize(3);
        assertThat(clear("{\"cleared_by\":\"anna\",\"reason\":\"asked to\"}")).isEqualTo(200);
        assertThat(recorded()).isEmpty();

        JsonNode clearings =
                json(client.get("/admin/audit/clearings", "X-API-Key", ADMIN)).get("clearings");
        assertThat(clearings).hasSize(2);
        assertThat(clearings.get(0).get("deleted").asLong()).isEqualTo(3);
        assertThat(clearings.get(0).get("cleared_by").asText()).isEqualTo("anna");
        assertThat(clearings.get(0).get("reason").asText()).isEqualTo("asked to");
        assertThat(clearings.get(1).get("deleted").asLong()).isZero();
    }

    private int clear(String body) {
        return client.send(
                        "DELETE",
                        "/admin/audit/clear",
                        BodyPublishers.ofString(body),
                        "Content-Type",
                        "application/json",
                        "X-API-Key",
                        ADMIN)
                .statusCode();
    }

    private JsonNode recorded() {
        return json(client.get("/predictions/recent")).get("predictions");
    }
}
