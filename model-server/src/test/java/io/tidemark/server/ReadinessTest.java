package io.tidemark.server;

import static io.tidemark.server.TestClient.eventually;
import static io.tidemark.server.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Start order does not matter, and a dependency that comes back is used again. */
final class ReadinessTest {
    @Test
    void startsWithoutADatabaseAndServesWhenItComes(@TempDir Path data) {
        try (TestDatabase database = new TestDatabase(data);
                ModelServer server = TestClient.start(database, Map.of())) {
            TestClient client = new TestClient(server);
            assertThat(client.get("/health").statusCode()).isEqualTo(200);
            assertThat(checks(client))
                    .containsEntry("database", false)
                    .containsEntry("features", false);
            HttpResponse<String> unavailable = client.get("/features/latest?symbol=BTCUSDT");
            assertThat(unavailable.statusCode()).isEqualTo(503);
            assertThat(json(unavailable).get("error_code").asText()).isEqualTo("STORE_UNAVAILABLE");
            assertThat(unavailable.headers().firstValue("Retry-After")).contains("1");
            assertThat(unavailable.body()).doesNotContain("postgres", "127.0.0.1");

            database.start();
            eventually("migrated", () -> checks(client).get("database"));
            assertThat(checks(client)).containsEntry("features", false);
            database.register("1.0.0", List.of("mid_price"));
            database.insert("BTCUSDT", "1.0.0", Instant.now(), 1.0);
            assertThat(client.get("/ready").statusCode()).isEqualTo(200);
            assertThat(client.get("/features/latest?symbol=BTCUSDT").statusCode()).isEqualTo(200);
            eventually(
                    "age is measured",
                    () ->
                            client.get("/metrics")
                                    .body()
                                    .contains("tidemark_feature_age_seconds{symbol=\"BTCUSDT\"}"));

            database.stop();
            assertThat(checks(client)).containsEntry("database", false);
            assertThat(client.get("/features/latest?symbol=BTCUSDT").statusCode()).isEqualTo(503);
            assertThat(client.get("/health").statusCode()).isEqualTo(200);

            database.start();
            eventually("ready again", () -> client.get("/ready").statusCode() == 200);
            assertThat(client.get("/features/latest?symbol=BTCUSDT").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void measuresRecordedDataByWhenItWasWrittenIfToldTo(@TempDir Path data) {
        try (TestDatabase database = TestDatabase.migrated(data)) {
            database.register("1.0.0", List.of("mid_price"));
            database.insert("BTCUSDT", "1.0.0", Instant.parse("2025-12-07T00:00:00Z"), 1.0);
            try (ModelServer live = TestClient.start(database, Map.of())) {
                eventually("asked", () -> checks(new TestClient(live)).get("database"));
                assertThat(checks(new TestClient(live))).containsEntry("features", false);
            }
            Map<String, String> recorded =
                    Map.of("ready.freshness", "stored-at", "ready.max-feature-age", "1h");
            try (ModelServer demo = TestClient.start(database, recorded)) {
                eventually("ready", () -> new TestClient(demo).get("/ready").statusCode() == 200);
            }
        }
    }

    @Test
    void asksTheBrokerAndNoticesItComeAndGo(@TempDir Path data, @TempDir Path work)
            throws Exception {
        try (TestDatabase database = TestDatabase.migrated(data);
                TestBroker broker = new TestBroker(work)) {
            String uri = "amqp://guest:canary@127.0.0.1:" + broker.port();
            Map<String, String> settings = Map.of("broker.uri", uri, "ready.freshness", "off");
            try (ModelServer server = TestClient.start(database, settings)) {
                TestClient client = new TestClient(server);
                eventually("migrated", () -> checks(client).get("database"));
                assertThat(checks(client)).containsEntry("broker", false);
                assertThat(client.get("/ready").body()).doesNotContain("canary", "127.0.0.1");
                broker.start();
                eventually("connected", () -> client.get("/ready").statusCode() == 200);
                broker.stop();
                eventually("gone", () -> client.get("/ready").statusCode() == 503);
                broker.start();
                eventually("connected again", () -> client.get("/ready").statusCode() == 200);
            }
        }
    }

    private static Map<String, Boolean> checks(TestClient client) {
        var body = json(client.get("/ready"));
        var checks = new HashMap<String, Boolean>();
        body.get("checks")
                .forEach(c -> checks.put(c.get("name").asText(), c.get("ok").asBoolean()));
        return checks;
    }
}
