package io.tidemark.server;

import static io.tidemark.server.TestClient.eventually;
import static io.tidemark.server.TestClient.json;
import static io.tidemark.server.TestModels.WHO;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.server.models.S3Server;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose packages lie in a bucket, and the bucket going away under it. */
final class BucketRegistryTest {
    private static final String AWAY = "the bucket cannot be reached (ConnectException)";

    @TempDir Path data;
    @TempDir Path files;
    private TestDatabase database;
    private S3Server bucket;
    private ModelServer server;
    private TestClient client;

    @BeforeEach
    void start() throws Exception {
        database = TestDatabase.migrated(data);
        database.register("1.0.0", List.of("spread", "mid_price", "other"));
        TestDataset.write(files, "good", true);
        bucket = S3Server.start(files);
        serve();
    }

    private void serve() {
        Map<String, String> settings = new HashMap<>(TestClient.training(files));
        settings.put("models.directory", "s3://" + S3Server.BUCKET + "/tidemark");
        settings.put("models.bucket-endpoint", bucket.uri().toString());
        settings.put("models.bucket-region", "us-east-1");
        settings.put("models.bucket-path-style", "true");
        server = TestClient.start(database, settings);
        client = new TestClient(server);
    }

    @AfterEach
    void stop() {
        server.close();
        bucket.close();
        database.close();
    }

    @Test
    void trainedPublishedServedAgainAndServingOnWithoutTheBucket() {
        assertThat(trained("ridge").at("/training/latest_version").asText()).isEqualTo("v1");
        JsonNode second = trained("boosted_trees");
        assertThat(second.at("/training/latest_version").asText()).isEqualTo("v2");
        assertThat(client.asAdmin("POST", "/models/activate/v2", WHO).statusCode()).isEqualTo(200);
        assertThat(client.get("/models/v1/report").body()).contains("ridge on dataset good");
        database.insert("BTCUSDT", "1.0.0", Instant.now(), 0.5, 2.0, null);
        JsonNode before = json(client.get("/predict?symbol=BTCUSDT"));
        assertThat(before.get("model_version").asText()).isEqualTo("v2");

        server.close();
        serve();
        eventually("taken up again", () -> client.get("/health/models").statusCode() == 200);
        assertThat(predicted()).isEqualTo(before.get("prediction"));

        bucket.close();
        assertThat(predicted()).as("from memory").isEqualTo(before.get("prediction"));
        HttpResponse<String> refused = client.asAdmin("POST", "/models/activate/v1", WHO);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(json(refused).get("error_code").asText()).isEqualTo("PACKAGES_UNAVAILABLE");
        assertThat(json(refused).get("detail").asText()).isEqualTo(AWAY);
        assertThat(json(client.get("/models")).get("active_version").asText()).isEqualTo("v2");
        assertThat(json(client.get("/health/models")).get("status").asText()).isEqualTo("healthy");

        JsonNode failed = trained("ridge");
        assertThat(failed.at("/training/state").asText()).isEqualTo("failed");
        assertThat(failed.at("/training/error").asText()).isEqualTo(AWAY);
        assertThat(json(client.get("/models")).get("models")).hasSize(2);

        database.execute(
                "INSERT INTO model_activation (number, version, activated_by, reason)"
                        + " SELECT max(number) + 1, 1, 'bert', 'on another server' FROM model_activation");
        eventually(
                "told",
                () -> json(client.get("/health/models")).get("status").asText().equals("degraded"));
        JsonNode health = json(client.get("/health/models"));
        assertThat(health.get("model_version").asText()).isEqualTo("v2");
        assertThat(health.get("trouble").asText()).isEqualTo(AWAY);
        assertThat(predicted()).as("the old version goes on").isEqualTo(before.get("prediction"));
    }

    private JsonNode predicted() {
        return json(client.get("/predict?symbol=BTCUSDT")).get("prediction");
    }

    private JsonNode trained(String algorithm) {
        return client.trained("{\"dataset_id\":\"good\",\"algorithm\":\"" + algorithm + "\"}");
    }
}
