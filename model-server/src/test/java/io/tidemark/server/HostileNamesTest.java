package io.tidemark.server;

import static io.tidemark.server.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that are markup, in what a browser shows: pages show them as text, the rest is JSON. */
final class HostileNamesTest {
    private static final String IMAGE = "<img src=x onerror=alert(1)>";
    private static final String SCRIPT = "</script><script>alert(2)</script>{{7*7}}";

    @TempDir Path data;
    @TempDir Path files;
    private TestDatabase database;
    private ModelServer server;
    private TestClient client;

    @BeforeEach
    void start() {
        database = TestDatabase.migrated(data);
        server = TestClient.start(database, TestClient.training(files));
        client = new TestClient(server);
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    /** A dataset's manifest is certified, not its words: a name in it may be anything. */
    @Test
    void aReportShowsFeaturesAndSymbolsAsText() throws IOException {
        TestDataset.write(files, "good", true);
        Path rows = files.resolve("datasets/good");
        String manifest =
                Files.readString(rows.resolve("manifest.json"))
                        .replace("BTCUSDT", IMAGE)
                        .replace("\"spread\"", '"' + SCRIPT + '"')
                        .replace("\"version\": \"1.0.0\"", "\"version\": \"javascript:alert(3)\"");
        for (String split : List.of("train", "validation", "test")) {
            Path file = rows.resolve("fold=0/split=" + split + "/rows.csv");
            String before = TestDataset.sha256(file);
            Files.writeString(
                    file, Files.readString(file).replaceFirst(",spread,", ',' + SCRIPT + ','));
            manifest = manifest.replace(before, TestDataset.sha256(file));
        }
        TestDataset.certify(files, "good", manifest);
        JsonNode ended = client.trained("{\"dataset_id\":\"good\",\"algorithm\":\"ridge\"}");
        assertThat(ended.at("/training/state").asText())
                .as(ended.toString())
                .isEqualTo("completed");

        HttpResponse<String> page = client.get("/models/v1/report");
        assertThat(page.body())
                .contains("&lt;img src=x", "\\u003c/script>", "{{7*7}}")
                .doesNotContain("<img src=x", "<script>alert");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'");
    }

    @Test
    void whatPeopleWroteComesBackAsJsonThatNoBrowserTakesForAPage() {
        database.register("1.0.0", List.of("mid_price", "spread"));
        database.insert("BTCUSDT", "1.0.0", Instant.now(), 2.0, 0.5);
        TestModels.activate(database, files.resolve("models"));
        TestModels.activate(database, files.resolve("models"));
        String who =
                new ObjectMapper()
                        .createObjectNode()
                        .put("activated_by", IMAGE)
                        .put("activation_reason", SCRIPT)
                        .toString();
        assertThat(client.asAdmin("POST", "/models/activate/v1", who).statusCode()).isEqualTo(200);
        HttpResponse<String> models = client.get("/models");
        assertThat(json(models).at("/activations/0/activated_by").asText()).isEqualTo(IMAGE);
        for (HttpResponse<String> one :
                List.of(
                        models,
                        client.get("/features/latest?symbol=%3Cimg%20src%3Dx%3E"),
                        client.get("/models/%3Cimg%20src%3Dx%3E"),
                        client.get("/%3Cscript%3Ealert(1)%3C/script%3E"))) {
            assertThat(one.headers().firstValue("Content-Type").orElseThrow())
                    .matches("application/(problem\\+)?json.*");
            assertThat(one.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(one.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .doesNotContain("unsafe");
        }
    }
}
