package io.tidemark.server;

import static io.tidemark.server.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rivals beside the active model, on a real database. */
final class ShadowTest {
    private static final String OUTCOMES =
            "INSERT INTO outcome (symbol, grid_time, label, known_at, value)"
                    + " SELECT 'BTCUSDT', t, 'returns:60s', t + interval '1 minute',"
                    + " CASE WHEN n %% 2 = 0 THEN 1 ELSE -1 END FROM (%s) rows";

    /** One row every two minutes: the first of a period. */
    private static final String ROWS =
            "SELECT n, date_bin('2 minutes', now(), 'epoch') - interval '10 minutes'"
                    + " - n * interval '2 minutes' AS t FROM generate_series(1, 300) n";

    @TempDir Path data;
    @TempDir Path models;
    private TestDatabase database;
    private @Nullable ModelServer server;

    @BeforeEach
    void start() {
        database = TestDatabase.migrated(data);
        database.register("1.0.0", List.of("mid_price", "spread"));
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
        database.close();
    }

    private TestClient serve(String... more) {
        Map<String, String> settings = new HashMap<>();
        settings.put("models.directory", models.toString());
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        ModelServer started = TestClient.start(database, settings);
        server = started;
        TestClient client = new TestClient(started);
        TestClient.eventually("a model", () -> client.get("/health/models").statusCode() == 200);
        return client;
    }

    @Test
    void theChallengerAnswersToTheSameRowsAndIsGivenToNobody() {
        assertThat(TestModels.activate(database, models)).isEqualTo("v1");
        assertThat(TestModels.publish(database, models, -3)).isEqualTo("v2");
        database.insert("BTCUSDT", "1.0.0", Instant.now(), 0.5, 0.1);
        TestClient client = serve();
        JsonNode answer = json(client.get("/predict?symbol=BTCUSDT", "X-Request-ID", "abc"));
        assertThat(answer.get("prediction").asDouble()).isEqualTo(0.5);
        TestClient.eventually("a shadow", () -> recorded(client).size() == 2);
        JsonNode own = recorded(client).get(0);
        JsonNode shadow = recorded(client).get(1);
        assertThat(own.get("shadow").asBoolean()).isFalse();
        assertThat(shadow.get("shadow").asBoolean()).isTrue();
        assertThat(shadow.get("model_version").asText()).isEqualTo("v2");
        assertThat(shadow.get("output")).hasToString("[-1.5]");
        assertThat(shadow.get("feature_timestamp")).isEqualTo(own.get("feature_timestamp"));
        assertThat(shadow.get("features")).isEqualTo(own.get("features"));
        // The same row again has no second shadow; the next row has one.
        client.get("/predict?symbol=BTCUSDT", "X-Request-ID", "again");
        database.insert("BTCUSDT", "1.0.0", Instant.now().plusSeconds(1), 0.75, 0.1);
        client.get("/predict?symbol=BTCUSDT", "X-Request-ID", "next");
        TestClient.eventually(
                "a shadow of the next row",
                () -> json(client.get("/predictions/next")).get("predictions").size() == 2);
        assertThat(json(client.get("/predictions/again")).get("predictions")).hasSize(1);
    }

    private static JsonNode recorded(TestClient client) {
        return json(client.get("/predictions/abc")).get("predictions");
    }

    @Test
    void withoutShadowNobodyElseAnswers() {
        TestModels.activate(database, models);
        TestModels.publish(database, models, -3);
        database.insert("BTCUSDT", "1.0.0", Instant.now(), 0.5, 0.1);
        TestClient client = serve("predictions.shadow", "false");
        client.get("/predict?symbol=BTCUSDT", "X-Request-ID", "abc");
        server = closed(server);
        TestClient again = serve();
        assertThat(recorded(again)).hasSize(1);
    }

    private static @Nullable ModelServer closed(@Nullable ModelServer server) {
        if (server != null) {
            server.close();
        }
        return null;
    }

    @Test
    void aChampionProvenWorseThanThePreviousIsRolledBackOnce() {
        previousAndChampion(1, -1);
        TestClient client = serve("models.auto-rollback", "true");
        TestClient.eventually(
                "a rollback",
                () -> json(client.get("/models")).get("active_version").asText().equals("v1"));
        JsonNode newest = json(client.get("/models")).get("activations").get(0);
        assertThat(newest.get("activation").asLong()).isEqualTo(3);
        assertThat(newest.get("activated_by").asText()).isEqualTo("automatic rollback");
        assertThat(newest.get("activation_reason").asText())
                .contains("v2 is proven worse than v1", "periods");
    }

    @Test
    void aProofIsToldAndChangesNothingUnlessTheSettingsSaySo() {
        previousAndChampion(1, -1);
        TestClient client = serve();
        TestClient.eventually("a contest", () -> contests(client).size() == 1);
        JsonNode contest = contests(client).get(0);
        assertThat(contest.get("champion").asText()).isEqualTo("v2");
        assertThat(contest.get("rival").asText()).isEqualTo("v1");
        assertThat(contest.get("role").asText()).isEqualTo("previous");
        assertThat(contest.get("verdict").asText()).isEqualTo("better");
        assertThat(contest.get("periods").asLong()).isBetween(290L, 300L);
        assertThat(contest.get("rows").asLong()).isEqualTo(contest.get("periods").asLong());
        assertThat(contest.get("evidence_better").asDouble()).isGreaterThan(40);
        assertThat(json(client.get("/models")).get("activations")).hasSize(2);
    }

    @Test
    void equalsAreNotRolledBack() {
        previousAndChampion(1, 1);
        TestClient client = serve("models.auto-rollback", "true");
        TestClient.eventually("a contest", () -> contests(client).size() == 1);
        assertThat(contests(client).get(0).get("verdict").asText()).isEqualTo("open");
        assertThat(contests(client).get(0).get("mean_difference").asDouble()).isZero();
        assertThat(json(client.get("/models")).get("active_version").asText()).isEqualTo("v2");
    }

    private static JsonNode contests(TestClient client) {
        return json(client.get("/monitoring/performance")).get("contests");
    }

    /** v1 then v2 were activated; each foretold its share of the outcomes, plus or minus one. */
    private void previousAndChampion(double previous, double champion) {
        TestModels.publish(database, models, 1);
        TestModels.publish(database, models, 1);
        database.execute(
                "INSERT INTO model_activation (number, version, activated_by, reason, activated_at)"
                        + " VALUES (1, 1, 'anna', 'a test', now() - interval '3 days'),"
                        + " (2, 2, 'anna', 'a test', now() - interval '1 day')");
        database.execute(OUTCOMES.formatted(ROWS));
        predictions(1, true, previous);
        predictions(2, false, champion);
    }

    private void predictions(int version, boolean shadow, double share) {
        database.execute(
                "INSERT INTO prediction (request_id, item, symbol, model_version, model_sha256,"
                        + " registry_version, feature_time, feature_values, output, degraded,"
                        + " latency_micros, shadow, made_at)"
                        + " SELECT 'r', 0, 'BTCUSDT', %d, 's', '1.0.0', t, '{1}',"
                                .formatted(version)
                        + " ARRAY[%s * CASE WHEN n %% 2 = 0 THEN 1 ELSE -1 END], false, 1, %s, t FROM (%s) rows"
                                .formatted(share, shadow, ROWS));
    }
}
