package io.tidemark.server;

import static io.tidemark.server.TestClient.json;
import static io.tidemark.server.TestModels.WHO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a dataset to recorded answers, over HTTP, on a real database. */
final class ModelsTest {
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
        server = TestClient.start(database, TestClient.training(files));
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
        JsonNode first = client.trained("{\"dataset_id\":\"good\",\"algorithm\":\"ridge\"}");
        assertThat(first.at("/training/state").asText())
                .as(first.toString())
                .isEqualTo("completed");
        assertThat(first.at("/training/latest_version").asText()).isEqualTo("v1");
        assertThat(first.at("/training/activated").asBoolean()).isTrue();
        assertThat(client.get("/health/models").statusCode()).isEqualTo(200);
        assertThat(
                        database.text(
                                "SELECT string_agg(feature || ' ' || symbol || ' ' || registry_version || ' '"
                                        + " || cardinality(counts) || ' ' || (finite_values > 0), ', '"
                                        + " ORDER BY position) FROM drift_baseline WHERE version = 1"))
                .as("what the job holds rows to")
                .isEqualTo("mid_price BTCUSDT 1.0.0 11 true, spread BTCUSDT 1.0.0 11 true");

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
        JsonNode replay = json(client.asAdmin("POST", "/predictions/abc-1/replay", ""));
        assertThat(replay.get("same").asBoolean()).as(replay.toString()).isTrue();

        JsonNode second =
                client.trained(
                        "{\"dataset_id\":\"good\",\"algorithm\":\"boosted_trees\","
                                + "\"activate\":\"never\"}");
        assertThat(second.at("/training/latest_version").asText()).isEqualTo("v2");
        assertThat(second.at("/training/activated").asBoolean()).isFalse();
        JsonNode models = json(client.get("/models"));
        assertThat(models.get("active_version").asText()).isEqualTo("v1");
        assertThat(models.at("/aliases/challenger").asText()).isEqualTo("v2");

        assertThat(client.asAdmin("POST", "/models/activate/v2", WHO).statusCode()).isEqualTo(200);
        assertThat(json(client.get("/predict?symbol=BTCUSDT")).get("model_version").asText())
                .isEqualTo("v2");
        assertThat(json(client.get("/predict?symbol=BTCUSDT&version=v1")).get("prediction"))
                .as("an older version still answers the same")
                .isEqualTo(answer.get("prediction"));
        assertThat(client.asAdmin("POST", "/admin/rollback", WHO).statusCode()).isEqualTo(200);
        JsonNode after = json(client.get("/models"));
        assertThat(after.get("active_version").asText()).isEqualTo("v1");
        assertThat(after.at("/aliases/previous").asText()).isEqualTo("v2");
        assertThat(after.get("activations")).hasSize(3);

        String activated = after.at("/activations/1/activated_at").asText();
        JsonNode then = json(client.get("/models?as_of=" + activated));
        assertThat(then.get("active_version").asText()).as("as of " + activated).isEqualTo("v2");
        assertThat(then.at("/aliases/previous").asText()).isEqualTo("v1");
        assertThat(then.get("activations")).hasSize(2);
        assertThat(json(client.get("/models?as_of=2020-01-01T00:00:00Z")).get("models")).isEmpty();
        for (String change :
                List.of(
                        "UPDATE model_activation SET reason = 'x'",
                        "DELETE FROM model_activation",
                        "UPDATE model_version SET package_sha256 = 'x'")) {
            assertThatThrownBy(() -> database.execute(change))
                    .rootCause()
                    .hasMessageContaining("is only ever added to");
        }
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
        client.trained("{\"dataset_id\":\"good\",\"algorithm\":\"ridge\"}");
        JsonNode again = client.trained("{\"dataset_id\":\"good\",\"algorithm\":\"ridge\"}");

        assertThat(again.at("/training/latest_version").asText()).isEqualTo("v2");
        assertThat(again.at("/training/activated").asBoolean()).isFalse();
        assertThat(again.at("/training/gate").asText()).contains("the champion v1 has");
        assertThat(json(client.get("/models")).get("active_version").asText()).isEqualTo("v1");
    }

    @Test
    void aParquetDatasetGivesTheModelOfTheSameRowsInCsv() throws IOException {
        TestDataset.writeParquet(files, "columns");
        client.trained("{\"dataset_id\":\"good\",\"algorithm\":\"ridge\"}");
        JsonNode second = client.trained("{\"dataset_id\":\"columns\",\"algorithm\":\"ridge\"}");

        assertThat(second.at("/training/state").asText())
                .as(second.toString())
                .isEqualTo("completed");
        assertThat(Files.readAllBytes(files.resolve("models/v2/model.bin")))
                .isEqualTo(Files.readAllBytes(files.resolve("models/v1/model.bin")));
    }

    @Test
    void aVersionHasAReportThatNeedsNoNetwork() {
        client.trained("{\"dataset_id\":\"good\",\"algorithm\":\"ridge\"}");
        HttpResponse<String> page = client.get("/models/v1/report");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; script-src 'unsafe-inline'");
        assertThat(page.body())
                .contains(
                        "ridge on dataset good", "calibration", "receiver operating", "importance")
                .contains("validation: zero", "loss by fold", "mid_price")
                .doesNotContain("src=\"http");
        assertThat(client.get("/models/v9/report").statusCode()).isEqualTo(404);
    }

    @Test
    void aVersionIsEvaluatedOnADatasetThatAsksTheSame() throws IOException {
        client.trained("{\"dataset_id\":\"good\",\"algorithm\":\"ridge\"}");
        HttpResponse<String> answer =
                client.asAdmin("POST", "/model/evaluate", "{\"dataset_id\":\"good\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode evaluation = json(answer);
        JsonNode own = json(client.get("/models")).at("/models/0/metrics");
        assertThat(evaluation.get("metrics")).as("as in training").isEqualTo(own.get("test"));
        assertThat(evaluation.get("baselines")).isEqualTo(own.get("test_baselines"));
        assertThat(evaluation.get("trained_on_it").asBoolean()).isTrue();
        assertThat(evaluation.get("rows").asInt()).isEqualTo(200);

        for (String wrong :
                List.of(
                        "{\"dataset_id\":\"bad\"} 422",
                        "{\"dataset_id\":\"none\"} 422",
                        "{\"dataset_id\":\"good\",\"version\":\"v9\"} 404",
                        "{\"dataset_id\":\"good\",\"split\":\"all\"} 400")) {
            int at = wrong.lastIndexOf(' ');
            assertThat(
                            client.asAdmin("POST", "/model/evaluate", wrong.substring(0, at))
                                    .statusCode())
                    .as(wrong)
                    .isEqualTo(Integer.parseInt(wrong.substring(at + 1)));
        }
        Path manifest = files.resolve("datasets/good/manifest.json");
        String other =
                Files.readString(manifest).replace("\"threshold\": 0.001", "\"threshold\": 0.002");
        TestDataset.certify(files, "good", other);
        HttpResponse<String> refused =
                client.asAdmin("POST", "/model/evaluate", "{\"dataset_id\":\"good\"}");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("model v1 foretells something else");
    }

    @Test
    void aDatasetThatAModelWasTrainedOnIsNotDeleted() {
        client.trained("{\"dataset_id\":\"good\",\"algorithm\":\"ridge\"}");
        for (String id : List.of("good", "unused")) {
            database.execute(
                    "INSERT INTO dataset (dataset_id, symbol, request, registry_yaml,"
                            + " cadence_micros,"
                            + " status, trace_id) VALUES ('%s', 'BTCUSDT', '{}', '', 1, 'ready', 't')"
                                    .formatted(id));
        }
        HttpResponse<String> refused = client.asAdmin("DELETE", "/dataset/good", "");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(json(refused).get("error_code").asText()).isEqualTo("DATASET_IN_USE");
        assertThat(json(refused).get("models").toString()).isEqualTo("[\"v1\"]");
        assertThat(json(client.get("/dataset/good")).get("status").asText()).isEqualTo("ready");
        assertThat(json(client.asAdmin("DELETE", "/dataset/unused", "")).get("status").asText())
                .isEqualTo("deleting");
    }

    @Test
    void aTrainingHasItsDatasetBuiltFirst() {
        HttpResponse<String> begun =
                client.asAdmin(
                        "POST",
                        "/admin/train",
                        "{\"dataset\":{\"dataset_id\":\"good\",\"symbol\":\"BTCUSDT\"},"
                                + "\"algorithm\":\"ridge\"}");
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
        JsonNode asked = json(client.get("/dataset/good"));
        assertThat(asked.get("status").asText()).isEqualTo("queued");
        assertThat(asked.at("/request/dataset.symbol").asText()).isEqualTo("BTCUSDT");
        assertThat(
                        json(client.asAdmin("GET", "/admin/train/status", ""))
                                .at("/training/state")
                                .asText())
                .isEqualTo("running");
        database.execute("UPDATE dataset SET status = 'ready' WHERE dataset_id = 'good'");
        assertThat(client.trainingEnded().at("/training/latest_version").asText()).isEqualTo("v1");

        String other =
                "{\"dataset\":{\"dataset_id\":\"%s\",\"symbol\":\"%s\"},\"algorithm\":\"ridge\"}";
        assertThat(
                        client.asAdmin("POST", "/admin/train", other.formatted("good", "BTCUSDT"))
                                .statusCode())
                .isEqualTo(409);
        assertThat(
                        client.asAdmin("POST", "/admin/train", other.formatted("x", "../x"))
                                .statusCode())
                .isEqualTo(400);
        assertThat(
                        client.asAdmin("POST", "/admin/train", other.formatted("x", "BTCUSDT"))
                                .statusCode())
                .isEqualTo(202);
        database.execute(
                "UPDATE dataset SET status = 'failed', error = 'no events' WHERE dataset_id = 'x'");
        assertThat(client.trainingEnded().at("/training/error").asText())
                .isEqualTo("dataset x is failed: no events");
        assertThat(
                        client.asAdmin("POST", "/admin/train", other.formatted("y", "BTCUSDT"))
                                .statusCode())
                .isEqualTo(202);
        assertThat(client.asAdmin("POST", "/admin/train/cancel", "").statusCode()).isEqualTo(202);
        assertThat(client.trainingEnded().at("/training/state").asText()).isEqualTo("cancelled");
        assertThat(json(client.get("/dataset/y")).get("status").asText()).isEqualTo("cancelled");
    }

    @Test
    void aVersionThatIsNoBetterIsActivatedWhenThatWasAskedFor() {
        client.trained("{\"dataset_id\":\"good\",\"algorithm\":\"ridge\"}");
        JsonNode again =
                client.trained(
                        "{\"dataset_id\":\"good\",\"algorithm\":\"ridge\",\"activate\":\"always\","
                                + "\"requested_by\":\"anna\"}");
        assertThat(again.at("/training/activated").asBoolean()).isTrue();
        assertThat(again.at("/training/gate").asText()).contains("the champion v1 has");
        JsonNode activation = json(client.get("/models")).at("/activations/0");
        assertThat(activation.get("version").asText()).isEqualTo("v2");
        assertThat(activation.get("activated_by").asText()).isEqualTo("anna");
        assertThat(activation.get("activation_reason").asText())
                .startsWith("asked for with its training; the gate: ");
    }

    @Test
    void undefinedFeaturesAreImputedOrRefusedAsTheModelSays() {
        client.trained("{\"dataset_id\":\"good\",\"algorithm\":\"ridge\"}");
        JsonNode imputed = json(predict("{\"features\":{\"mid_price\":1.0}}"));
        assertThat(imputed.get("missing_features").toString()).isEqualTo("[\"spread\"]");
        assertThat(imputed.get("degraded_input").asBoolean()).isTrue();

        client.trained(
                "{\"dataset_id\":\"good\",\"algorithm\":\"ridge\",\"missing\":\"refuse\","
                        + "\"activate\":\"never\"}");
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
        client.trained("{\"dataset_id\":\"good\",\"algorithm\":\"ridge\"}");
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
        client.trained("{\"dataset_id\":\"good\",\"algorithm\":\"ridge\"}");
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
        client.trained("{\"dataset_id\":\"good\",\"algorithm\":\"ridge\"}");
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
        client.trained("{\"dataset_id\":\"good\",\"algorithm\":\"ridge\"}");
        client.trained("{\"dataset_id\":\"good\",\"algorithm\":\"ridge\"}");
        Path model = files.resolve("models/v2/model.bin");
        byte[] bytes = Files.readAllBytes(model);
        int last = bytes.length - 1;
        bytes[last] = (byte) (bytes[last] ^ 1);
        Files.write(model, bytes);

        HttpResponse<String> refused = client.asAdmin("POST", "/models/activate/v2", WHO);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(json(refused).get("error_code").asText()).isEqualTo("MODEL_REFUSED");
        assertThat(json(client.get("/models")).get("active_version").asText()).isEqualTo("v1");
        assertThat(predict("{\"features\":[1,0.5]}").statusCode()).isEqualTo(200);
    }

    @Test
    void theActiveModelOutlivesARestart() {
        client.trained("{\"dataset_id\":\"good\",\"algorithm\":\"ridge\"}");
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
        JsonNode status =
                client.trained("{\"dataset_id\":\"" + dataset + "\",\"algorithm\":\"ridge\"}");
        assertThat(status.at("/training/state").asText()).isEqualTo("failed");
        return status.at("/training/error").asText();
    }

    private HttpResponse<String> predict(String body) {
        return client.send(
                "POST",
                "/predict",
                BodyPublishers.ofString(body),
                "Content-Type",
                "application/json");
    }
}
