package io.tidemark.server;

import static io.tidemark.server.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a dataset to recorded answers, over HTTP, on a real database. */
final class ModelsTest {
    private static final String ADMIN = "canary-admin-key-0123456789";
    private static final String WHO =
            "{\"activated_by\":\"anna\",\"activation_reason\":\"a test\"}";

    @TempDir Path files;
    @TempDir Path data;
    private TestDatabase database;
    private ModelServer server;
    private TestClient client;

    @BeforeEach
    void start() {
        database = TestDatabase.migrated(data);
        database.register("1.0.0", List.of("spread", "mid_price", "other"));
        TestDataset.write(files, "good", true);
        TestDataset.write(files, "bad", false);
        serve();
    }

    private void serve() {
        server =
                TestClient.start(
                        database,
                        Map.of(
                                "admin.api-key",
                                ADMIN,
                                "models.directory",
                                files.resolve("models").toString(),
                                "archive.root",
                                files.toString()));
        client = new TestClient(server);
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    @Test
    void trainedActivatedAskedRecordedReplayedAndRolledBack() {
        assertThat(client.get("/health/models").statusCode()).isEqualTo(503);
        JsonNode first = trained("{\"dataset_id\":\"good\",\"algorithm\":\"ridge\"}");
        assertThat(first.at("/training/state").asText())
                .as(first.toString())
                .isEqualTo("completed");
        assertThat(first.at("/training/latest_version").asText()).isEqualTo("v1");
        assertThat(first.at("/training/activated").asBoolean()).isTrue();
        assertThat(client.get("/health/models").statusCode()).isEqualTo(200);

        database.insert("BTCUSDT", "1.0.0", Instant.now(), 0.5, 2.0, null);
        JsonNode answer = json(client.get("/predict?symbol=BTCUSDT", "X-Request-ID", "abc-1"));
        assertThat(answer.get("model_version").asText()).isEqualTo("v1");
        assertThat(answer.get("features").get("mid_price").asDouble()).isEqualTo(2.0);
        assertThat(answer.get("prediction").asDouble()).isBetween(0.0018, 0.0022);
        assertThat(answer.get("expected_return")).isEqualTo(answer.get("prediction"));
        assertThat(answer.get("probability_up").asDouble()).isGreaterThan(0.99);
        assertThat(answer.get("degraded_input").asBoolean()).isFalse();

        JsonNode recorded = json(client.get("/predictions/abc-1")).get("predictions");
        assertThat(recorded).hasSize(1);
        assertThat(recorded.get(0).get("output").get(0)).isEqualTo(answer.get("prediction"));
        assertThat(recorded.get(0).get("symbol").asText()).isEqualTo("BTCUSDT");
        JsonNode replay = json(send("POST", "/predictions/abc-1/replay", ""));
        assertThat(replay.get("same").asBoolean()).as(replay.toString()).isTrue();

        JsonNode second =
                trained(
                        "{\"dataset_id\":\"good\",\"algorithm\":\"boosted_trees\","
                                + "\"keep_champion\":true}");
        assertThat(second.at("/training/latest_version").asText()).isEqualTo("v2");
        assertThat(second.at("/training/activated").asBoolean()).isFalse();
        JsonNode models = json(client.get("/models"));
        assertThat(models.get("active_version").asText()).isEqualTo("v1");
        assertThat(models.at("/aliases/challenger").asText()).isEqualTo("v2");

        assertThat(send("POST", "/models/activate/v2", WHO).statusCode()).isEqualTo(200);
        assertThat(json(client.get("/predict?symbol=BTCUSDT")).get("model_version").asText())
                .isEqualTo("v2");
        assertThat(json(client.get("/predict?symbol=BTCUSDT&version=v1")).get("prediction"))
                .as("an older version still answers the same")
                .isEqualTo(answer.get("prediction"));
        assertThat(send("POST", "/admin/rollback", WHO).statusCode()).isEqualTo(200);
        JsonNode after = json(client.get("/models"));
        assertThat(after.get("active_version").asText()).isEqualTo("v1");
        assertThat(after.at("/aliases/previous").asText()).isEqualTo("v2");
        assertThat(after.get("activations")).hasSize(3);
    }

    @Test
    void onlyCertifiedDatasetsAreTrainedOn() throws IOException {
        assertThat(failure("bad")).contains("did not pass");
        assertThat(failure("none")).isEqualTo("there is no dataset none");
        assertThat(failure("../good")).contains("is no id of a dataset");
        Path rows = files.resolve("datasets/good/fold=0/split=train/rows.csv");
        Files.writeString(rows, Files.readString(rows).replaceFirst("63", "62"));
        assertThat(failure("good")).contains("is not the file that was certified");
        Files.delete(files.resolve("datasets/good/certificate.json"));
        assertThat(failure("good")).isEqualTo("the dataset has no certificate.json");
        assertThat(json(client.get("/models")).get("models")).isEmpty();
    }

    @Test
    void aModelNoBetterThanTheChampionStaysAChallenger() {
        trained("{\"dataset_id\":\"good\",\"algorithm\":\"ridge\"}");
        JsonNode again = trained("{\"dataset_id\":\"good\",\"algorithm\":\"ridge\"}");

        assertThat(again.at("/training/latest_version").asText()).isEqualTo("v2");
        assertThat(again.at("/training/activated").asBoolean()).isFalse();
        assertThat(again.at("/training/gate").asText()).contains("the champion v1 has");
        assertThat(json(client.get("/models")).get("active_version").asText()).isEqualTo("v1");
    }

    @Test
    void undefinedFeaturesAreImputedOrRefusedAsTheModelSays() {
        trained("{\"dataset_id\":\"good\",\"algorithm\":\"ridge\"}");
        JsonNode imputed = json(predict("{\"features\":{\"mid_price\":1.0}}"));
        assertThat(imputed.get("missing_features").toString()).isEqualTo("[\"spread\"]");
        assertThat(imputed.get("degraded_input").asBoolean()).isTrue();

        trained(
                "{\"dataset_id\":\"good\",\"algorithm\":\"ridge\",\"missing\":\"refuse\","
                        + "\"keep_champion\":true}");
        HttpResponse<String> refused =
                predict("{\"features\":{\"mid_price\":1.0},\"model\":\"v2\"}");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(json(refused).get("error_code").asText()).isEqualTo("FEATURES_MISSING");
        assertThat(predict("{\"features\":[1.0,0.5],\"model\":\"v2\"}").statusCode())
                .isEqualTo(200);
        for (String wrong :
                List.of(
                        "{\"features\":[1.0]}",
                        "{\"features\":{\"x\":1}}",
                        "{\"features\":[1,\"a\"]}",
                        "{}",
                        "{\"symbol\":\"BTCUSDT\",\"features\":[1,2]}",
                        "{\"features\":[1,2],\"model\":\"ensemble\"}")) {
            assertThat(predict(wrong).statusCode()).as(wrong).isEqualTo(400);
        }
        assertThat(predict("{\"features\":[1,2],\"model\":\"v9\"}").statusCode()).isEqualTo(404);
    }

    @Test
    void aRowThatIsTooOldIsToldOrRefused() {
        trained("{\"dataset_id\":\"good\",\"algorithm\":\"ridge\"}");
        database.insert("BTCUSDT", "1.0.0", Instant.now().minusSeconds(60), 0.5, 2.0, null);

        JsonNode old = json(client.get("/predict?symbol=BTCUSDT"));
        assertThat(old.get("degraded_input").asBoolean()).isTrue();
        assertThat(old.get("feature_age_ms").asLong()).isBetween(60_000L, 120_000L);
        assertThat(client.get("/predict?symbol=BTCUSDT&max_age_ms=1000").statusCode())
                .isEqualTo(409);
        HttpResponse<String> unknown = client.get("/predict?symbol=XRPUSDT");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("BTCUSDT");
    }

    @Test
    void aBatchAnswersWhatItCanAndRecordsJustThat() {
        trained("{\"dataset_id\":\"good\",\"algorithm\":\"ridge\"}");
        JsonNode batch =
                json(
                        client.send(
                                "POST",
                                "/predict/batch",
                                BodyPublishers.ofString(
                                        "{\"items\":[{\"features\":[1,0.5]},{\"symbol\":\"XRPUSDT\"},"
                                                + "{\"features\":[-1,0.5]}]}"),
                                "Content-Type",
                                "application/json",
                                "X-Request-ID",
                                "batch-1"));
        assertThat(batch.get("succeeded").asInt()).isEqualTo(2);
        assertThat(batch.get("failed").asInt()).isEqualTo(1);
        assertThat(batch.get("predictions").get(1).get("error").asText()).contains("XRPUSDT");
        JsonNode recorded = json(client.get("/predictions/batch-1")).get("predictions");
        assertThat(recorded).hasSize(2);
        assertThat(recorded.get(1).get("item").asInt()).isEqualTo(2);
        assertThat(json(client.get("/predictions/recent?limit=1")).get("predictions")).hasSize(1);
    }

    @Test
    void whatCannotBeRecordedIsNotAnswered() {
        trained("{\"dataset_id\":\"good\",\"algorithm\":\"ridge\"}");
        assertThat(predict("{\"features\":[1,0.5]}").statusCode()).isEqualTo(200);
        database.execute("ALTER TABLE prediction RENAME TO elsewhere");
        HttpResponse<String> refused = predict("{\"features\":[1,0.5]}");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).doesNotContain("\"prediction\":");
        database.execute("ALTER TABLE elsewhere RENAME TO prediction");
        assertThat(predict("{\"features\":[1,0.5]}").statusCode()).isEqualTo(200);
    }

    @Test
    void aBrokenPackageIsNotActivatedAndTheOldModelGoesOn() throws IOException {
        trained("{\"dataset_id\":\"good\",\"algorithm\":\"ridge\"}");
        trained("{\"dataset_id\":\"good\",\"algorithm\":\"ridge\"}");
        Path model = files.resolve("models/v2/model.bin");
        byte[] bytes = Files.readAllBytes(model);
        int last = bytes.length - 1;
        bytes[last] = (byte) (bytes[last] ^ 1);
        Files.write(model, bytes);

        HttpResponse<String> refused = send("POST", "/models/activate/v2", WHO);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(json(refused).get("error_code").asText()).isEqualTo("MODEL_REFUSED");
        assertThat(json(client.get("/models")).get("active_version").asText()).isEqualTo("v1");
        assertThat(predict("{\"features\":[1,0.5]}").statusCode()).isEqualTo(200);
    }

    @Test
    void theActiveModelOutlivesARestart() {
        trained("{\"dataset_id\":\"good\",\"algorithm\":\"ridge\"}");
        double before = json(predict("{\"features\":[1,0.5]}")).get("prediction").asDouble();
        server.close();
        serve();
        TestClient.eventually(
                "the model is there", () -> client.get("/health/models").statusCode() == 200);
        assertThat(json(predict("{\"features\":[1,0.5]}")).get("prediction").asDouble())
                .isEqualTo(before);
    }

    @Test
    void onlyAnAdministratorTrainsAndActivates() {
        for (String path :
                List.of(
                        "/admin/train",
                        "/models/activate/v1",
                        "/admin/rollback",
                        "/admin/reload")) {
            assertThat(client.send("POST", path, BodyPublishers.noBody()).statusCode())
                    .as(path)
                    .isEqualTo(401);
        }
        assertThat(client.get("/admin/train/status").statusCode()).isEqualTo(401);
    }

    private String failure(String dataset) {
        JsonNode status = trained("{\"dataset_id\":\"" + dataset + "\",\"algorithm\":\"ridge\"}");
        assertThat(status.at("/training/state").asText()).isEqualTo("failed");
        return status.at("/training/error").asText();
    }

    /** Trains, and the status when that ended. */
    private JsonNode trained(String body) {
        HttpResponse<String> begun = send("POST", "/admin/train", body);
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
        assertThat(json(begun).get("status").asText()).isEqualTo("started");
        TestClient.eventually(
                "the training ends",
                () ->
                        !json(send("GET", "/admin/train/status", ""))
                                .at("/training/state")
                                .asText()
                                .equals("running"));
        return json(send("GET", "/admin/train/status", ""));
    }

    private HttpResponse<String> predict(String body) {
        return client.send(
                "POST",
                "/predict",
                BodyPublishers.ofString(body),
                "Content-Type",
                "application/json");
    }

    private HttpResponse<String> send(String method, String path, String body) {
        return client.send(
                method,
                path,
                body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body),
                "Content-Type",
                "application/json",
                "X-API-Key",
                ADMIN);
    }
}
