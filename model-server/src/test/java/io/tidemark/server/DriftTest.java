package io.tidemark.server;

import static io.tidemark.server.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports and alarms as the job writes them, asked for over HTTP. */
final class DriftTest {
    private static final String ADMIN = "canary-admin-key-0123456789";

    @TempDir Path data;
    private TestDatabase database;
    private ModelServer server;
    private TestClient client;

    @BeforeEach
    void start() {
        database = TestDatabase.migrated(data);
        server = TestClient.start(database, Map.of("admin.api-key", ADMIN));
        client = new TestClient(server);
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    /**
     * Two windows of v1, active, of which the second has drift of BTCUSDT's spread, p = 0.03 of one
     * of ETHUSDT's, and a feature that cannot be told; one open alarm and one closed.
     */
    static void fill(TestDatabase database) {
        database.execute(
                """
                INSERT INTO drift_baseline
                SELECT 1, symbol, feature, position, '1.0.0', '{0.5}', '{10,30,0}', 40, 2, 39, 1200, '{1,1}'
                FROM unnest(ARRAY['BTCUSDT', 'ETHUSDT']) symbol,
                    (VALUES ('mid_price', 0), ('spread', 1)) AS f(feature, position)
                """);
        database.execute(
                """
                INSERT INTO drift_report
                SELECT 1, symbol, timestamptz '2025-12-07 12:00Z' + n * interval '2 minutes', feature,
                       timestamptz '2025-12-07 11:40Z' + n * interval '2 minutes', 1200,
                       CASE WHEN feature = 'spread' THEN 400.5 END, 3, 1.5, 0.6, 0.2, 0, 0.3,
                       CASE WHEN feature = 'spread' THEN 0.12 END,
                       CASE WHEN feature = 'spread'
                            THEN CASE WHEN n = 0 THEN 0.5 WHEN symbol = 'BTCUSDT' THEN 0.0001 ELSE 0.049 END
                       END,
                       0.1, 0.2, 0.5, feature = 'spread' AND n = 1, '{900,300,0}'
                FROM unnest(ARRAY['BTCUSDT', 'ETHUSDT']) symbol, unnest(ARRAY['mid_price', 'spread']) feature,
                    generate_series(0, 1) n
                """);
        database.execute(
                """
                INSERT INTO drift_alarm (version, symbol, feature, opened_window, last_window, windows,
                                         worst_psi, muted, closed_window)
                VALUES (1, 'BTCUSDT', 'spread', '2025-12-06 12:00Z', '2025-12-06 12:10Z', 6, 0.9, false,
                        '2025-12-06 12:30Z'),
                       (1, 'BTCUSDT', 'spread', '2025-12-07 12:02Z', '2025-12-07 12:02Z', 1, 0.3, false, NULL)
                """);
    }

    private void model(long version) {
        database.execute(
                "INSERT INTO model_version (number, package_sha256, algorithm, dataset_id,"
                        + " certificate_sha256, metrics) VALUES (%d, '0', 'ridge', 'd', '1', '{}')"
                                .formatted(version));
        database.execute(
                "INSERT INTO model_activation (number, version, activated_by, reason)"
                        + " VALUES (%d, %d, 'anna', 'a test')".formatted(version, version));
    }

    @Test
    void withoutAModelOrAWindowNothingCanBeTold() {
        JsonNode none = json(client.get("/monitoring/drift"));
        assertThat(none.get("status").asText()).isEqualTo("insufficient_data");
        assertThat(none.has("model_version")).isFalse();
        assertThat(none.get("details")).isEmpty();
        assertThat(client.get("/monitoring/drift/histograms?symbol=BTCUSDT").statusCode())
                .isEqualTo(503);
        model(1);
        JsonNode one = json(client.get("/monitoring/drift"));
        assertThat(one.get("model_version").asText()).isEqualTo("v1");
        assertThat(one.get("status").asText()).isEqualTo("insufficient_data");
    }

    @Test
    void tellsTheNewestWindowOfASymbol() {
        model(1);
        fill(database);
        JsonNode drift = json(client.get("/monitoring/drift?symbol=BTCUSDT"));
        assertThat(drift.get("status").asText()).isEqualTo("drift_detected");
        assertThat(drift.at("/windows/0/window_end").asText()).isEqualTo("2025-12-07T12:02:00Z");
        JsonNode spread = drift.at("/details/spread");
        assertThat(spread.get("drift").asBoolean()).isTrue();
        assertThat(spread.get("ratio_exceeded").asBoolean()).as("0.6 > 0.5").isTrue();
        assertThat(spread.get("baseline_mean").asDouble()).isEqualTo(2);
        assertThat(spread.get("baseline_std").asDouble()).isEqualTo(1);
        assertThat(spread.get("recent_mean").asDouble()).isEqualTo(3);
        JsonNode price = drift.at("/details/mid_price");
        assertThat(price.get("drift").asBoolean()).isFalse();
        assertThat(price.get("ratio_exceeded").asBoolean())
                .as("the older rule knows no doubt")
                .isTrue();
        assertThat(price.has("psi_threshold")).as("cannot be told").isFalse();

        JsonNode histograms = json(client.get("/monitoring/drift/histograms?symbol=BTCUSDT"));
        assertThat(histograms.at("/features/spread").toString())
                .isEqualTo("{\"edges\":[0.5],\"baseline\":[10,30,0],\"recent\":[900,300,0]}");
        assertThat(client.get("/monitoring/drift?symbol=XRPUSDT").statusCode()).isEqualTo(404);
    }

    @Test
    void overAllSymbolsTheDecisionIsAmongAllFeatures() {
        model(1);
        fill(database);
        assertThat(json(client.get("/monitoring/drift?symbol=ETHUSDT")).get("status").asText())
                .isEqualTo("drift_detected");
        JsonNode all = json(client.get("/monitoring/drift"));
        assertThat(all.get("status").asText()).isEqualTo("drift_detected");
        assertThat(all.get("windows")).hasSize(2);
        assertThat(all.at("/details/spread/symbol").asText()).isEqualTo("BTCUSDT");
        database.execute(
                "UPDATE drift_report SET p_value = 0.2 WHERE symbol = 'BTCUSDT' AND p_value < 0.001");
        assertThat(json(client.get("/monitoring/drift")).get("status").asText())
                .as("0.049 is sure enough for one, not for one of two")
                .isEqualTo("healthy");
    }

    @Test
    void anAlarmIsAcknowledgedOnce() {
        model(1);
        fill(database);
        JsonNode alarms = json(client.get("/monitoring/drift/alarms?symbol=BTCUSDT")).get("alarms");
        assertThat(alarms.findValuesAsText("state")).containsExactly("open", "closed");
        String open = "/admin/drift/alarms/" + alarms.get(0).get("id").asText() + "/acknowledge";
        String closed = "/admin/drift/alarms/" + alarms.get(1).get("id").asText() + "/acknowledge";
        String body = "{\"acknowledged_by\":\"anna\",\"comment\":\"new fees\"}";

        HttpResponse<String> first = post(open, body);
        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(json(first).at("/alarm/state").asText()).isEqualTo("acknowledged");
        assertThat(json(first).at("/alarm/acknowledged_by").asText()).isEqualTo("anna");
        assertThat(post(open, body).statusCode()).as("again").isEqualTo(409);
        assertThat(post(closed, body).statusCode()).isEqualTo(409);
        assertThat(post("/admin/drift/alarms/999/acknowledge", body).statusCode()).isEqualTo(404);
        assertThat(post(open, "{}").statusCode()).isEqualTo(400);

        model(2);
        assertThat(
                        json(client.get("/monitoring/drift/alarms?limit=1"))
                                .at("/alarms/0/state")
                                .asText())
                .as("of a model that is not active any more")
                .isEqualTo("superseded");
    }

    private HttpResponse<String> post(String path, String body) {
        return client.send(
                "POST",
                path,
                BodyPublishers.ofString(body),
                "Content-Type",
                "application/json",
                "X-API-Key",
                ADMIN);
    }
}
