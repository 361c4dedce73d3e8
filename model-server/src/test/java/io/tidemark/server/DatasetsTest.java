package io.tidemark.server;

import static io.tidemark.server.TestClient.ADMIN;
import static io.tidemark.server.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Datasets over HTTP, on a real database and the files a worker leaves. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DatasetsTest {
    private static final String BUILD =
            """
            {"dataset_id":"one","symbol":"BTCUSDT","period_start":"2026-08-01","period_end":"2026-08-02T12:00:00",
             "target_config":{"type":"classification","horizon":60,"threshold":0.002,"normalization":"z_score"},
             "feature_registry_version":"1.0.0","output_format":"csv"}
            """;

    private TestDatabase database;
    private ModelServer server;
    private TestClient client;
    private Path datasets;

    @BeforeAll
    void start(@TempDir Path data, @TempDir Path archive) {
        database = TestDatabase.migrated(data);
        datasets = archive.resolve("datasets");
        server =
                TestClient.start(
                        database,
                        Map.of("admin.api-key", ADMIN, "archive.root", archive.toString()));
        client = new TestClient(server);
    }

    @AfterAll
    void stop() {
        server.close();
        database.close();
    }

    @BeforeEach
    void empty() {
        database.execute("TRUNCATE dataset");
    }

    /** A dataset that waits. */
    static void add(TestDatabase database, String id) {
        database.execute(
                """
                INSERT INTO dataset (dataset_id, symbol, request, registry_yaml, cadence_micros, trace_id)
                VALUES ('%s', 'BTCUSDT', '{"dataset.span":"2026-08-01/2026-08-02"}', '', 1000000, 't')
                """
                        .formatted(id));
    }

    @Test
    void aBuildIsAskedForAndItsProgressTold() {
        HttpResponse<String> asked = client.asAdmin("POST", "/dataset/build", BUILD);
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
        JsonNode request = json(asked).get("request");
        assertThat(request.get("dataset.span").asText())
                .isEqualTo("2026-08-01T00:00Z/2026-08-02T12:00Z");
        assertThat(request.get("dataset.horizon").asText()).isEqualTo("60s");
        assertThat(request.get("dataset.target").asText()).isEqualTo("classification");
        assertThat(request.get("dataset.scale").asText()).isEqualTo("z_score");
        assertThat(client.asAdmin("POST", "/dataset/build", BUILD).statusCode()).isEqualTo(409);

        database.execute(
                "UPDATE dataset SET status = 'building', fraction = 0.5, doing = 'rows',"
                        + " started_at = clock_timestamp() - interval '10 s'");
        JsonNode told = json(client.get("/dataset/one"));
        assertThat(told.get("status").asText()).isEqualTo("building");
        assertThat(told.get("progress").asDouble()).isEqualTo(0.5);
        assertThat(told.has("estimated_completion")).isTrue();
        assertThat(json(client.get("/dataset/list?status=building&symbol=BTCUSDT")).get("datasets"))
                .hasSize(1);
        assertThat(json(client.get("/dataset/list?status=ready")).get("datasets")).isEmpty();
        assertThat(client.get("/dataset/one/download").statusCode()).isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|/symbol",
                "{\"symbol\":\"../x\"}|/symbol",
                "{\"symbol\":\"BTCUSDT\",\"period_start\":\"2026-08-01\"}|/period_end",
                "{\"symbol\":\"BTCUSDT\",\"period_start\":\"2026-08-02\",\"period_end\":\"2026-08-01\"}|/period_end",
                "{\"symbol\":\"BTCUSDT\",\"period_start\":\"now\",\"period_end\":\"2026-08-01\"}|/period_start",
                "{\"symbol\":\"BTCUSDT\",\"target_config\":{\"type\":\"luck\"}}|/target_config/type",
                "{\"symbol\":\"BTCUSDT\",\"target_config\":{\"horizon\":\"soon\"}}|/target_config/horizon",
                "{\"symbol\":\"BTCUSDT\",\"target_config\":{\"threshold\":-1}}|/target_config/threshold",
                "{\"symbol\":\"BTCUSDT\",\"target_config\":{\"thresold\":1}}|/target_config",
                "{\"symbol\":\"BTCUSDT\",\"split_strategy\":\"luck\"}|/split_strategy",
                "{\"symbol\":\"BTCUSDT\",\"dataset_id\":\"../x\"}|/dataset_id",
                "{\"symbol\":\"BTCUSDT\",\"output_format\":\"xls\"}|/output_format"
            })
    void aFaultIsA400ThatPointsAtTheField(String body, String pointer) {
        HttpResponse<String> refused = client.asAdmin("POST", "/dataset/build", body);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(json(refused).get("errors").get(0).get("pointer").asText()).isEqualTo(pointer);
        assertThat(json(client.get("/dataset/list")).get("datasets")).isEmpty();
    }

    @Test
    void aResplitKeepsTheRestOfTheRequest() {
        client.asAdmin("POST", "/dataset/build", BUILD);
        HttpResponse<String> asked =
                client.asAdmin(
                        "POST",
                        "/dataset/one/resplit",
                        "{\"dataset_id\":\"two\",\"split_strategy\":\"purged_k_fold\",\"k_folds\":4}");
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
        JsonNode request = json(asked).get("request");
        assertThat(request.get("dataset.id").asText()).isEqualTo("two");
        assertThat(request.get("dataset.split").asText()).isEqualTo("purged_k_fold");
        assertThat(request.get("dataset.k").asText()).isEqualTo("4");
        assertThat(request.get("dataset.target").asText()).isEqualTo("classification");
        assertThat(client.asAdmin("POST", "/dataset/none/resplit", "{}").statusCode())
                .isEqualTo(404);
    }

    @Test
    void whatWaitsIsCancelledWhatIsBuiltAskedToStopWhatEndedDeleted() {
        add(database, "one");
        assertThat(json(client.asAdmin("DELETE", "/dataset/one", "")).get("status").asText())
                .isEqualTo("cancelled");
        assertThat(json(client.asAdmin("DELETE", "/dataset/one", "")).get("status").asText())
                .isEqualTo("deleting");
        add(database, "two");
        database.execute("UPDATE dataset SET status = 'building' WHERE dataset_id = 'two'");
        assertThat(json(client.asAdmin("DELETE", "/dataset/two", "")).get("status").asText())
                .isEqualTo("cancelling");
        assertThat(client.asAdmin("DELETE", "/dataset/three", "").statusCode()).isEqualTo(404);
        assertThat(client.send("DELETE", "/dataset/two", BodyPublishers.noBody()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void aReadyDatasetIsDownloadedByRangesAndAsATar() throws Exception {
        add(database, "one");
        database.execute(
                "UPDATE dataset SET status = 'ready', fraction = 1, rows = '{\"train\":2}'");
        Path folder = Files.createDirectories(datasets.resolve("one/fold=0/split=train"));
        byte[] content = "a,b\n1,2\n3,4\n".getBytes(StandardCharsets.UTF_8);
        Files.write(folder.resolve("rows.csv"), content);
        String sha = "ab".repeat(32);
        Files.writeString(
                datasets.resolve("one/manifest.json"),
                """
                {"folds":[{"fold":0,"splits":{"train":{"file":"fold=0/split=train/rows.csv","bytes":%d,
                "sha256":"%s"}}}]}
                """
                        .formatted(content.length, sha));
        Files.writeString(datasets.resolve("one/certificate.json"), "{\"passed\":true}");
        JsonNode told = json(client.get("/dataset/one"));
        assertThat(told.at("/certificate/passed").asBoolean()).isTrue();
        assertThat(told.at("/records/train").asLong()).isEqualTo(2);

        HttpResponse<byte[]> all = bytes("/dataset/one/download?split=train");
        assertThat(all.statusCode()).isEqualTo(200);
        assertThat(all.body()).isEqualTo(content);
        assertThat(all.headers().firstValue("ETag")).contains('"' + sha + '"');
        HttpResponse<byte[]> rest =
                bytes(
                        "/dataset/one/download?split=train",
                        "Range",
                        "bytes=4-",
                        "If-Range",
                        '"' + sha + '"');
        assertThat(rest.statusCode()).isEqualTo(206);
        assertThat(rest.body()).isEqualTo("1,2\n3,4\n".getBytes(StandardCharsets.UTF_8));
        assertThat(rest.headers().firstValue("Content-Range")).contains("bytes 4-11/12");
        assertThat(bytes("/dataset/one/download?split=train", "Range", "bytes=-4").body())
                .isEqualTo("3,4\n".getBytes(StandardCharsets.UTF_8));
        assertThat(bytes("/dataset/one/download?split=train", "Range", "bytes=99-").statusCode())
                .isEqualTo(416);
        assertThat(
                        bytes(
                                        "/dataset/one/download?split=train",
                                        "Range",
                                        "bytes=4-",
                                        "If-Range",
                                        "\"other\"")
                                .statusCode())
                .isEqualTo(200);
        assertThat(client.get("/dataset/one/download?split=test").statusCode()).isEqualTo(404);

        byte[] tar = bytes("/dataset/one/download").body();
        assertThat(tar).hasSize(512 + 512 + 1024);
        assertThat(bytes("/dataset/one/download", "Range", "bytes=512-523").body())
                .isEqualTo(content);
        assertThat(unpacked(tar)).isEqualTo(content);
    }

    /** By the tar of this machine: what others unpack with. */
    private static byte[] unpacked(byte[] tar) throws IOException, InterruptedException {
        Path file = Files.createTempFile("dataset", ".tar");
        try {
            Files.write(file, tar);
            Process process =
                    new ProcessBuilder(
                                    "tar",
                                    "-xOf",
                                    file.toString(),
                                    "one/fold=0/split=train/rows.csv")
                            .start();
            byte[] out = process.getInputStream().readAllBytes();
            assertThat(process.waitFor()).isZero();
            return out;
        } finally {
            Files.delete(file);
        }
    }

    private HttpResponse<byte[]> bytes(String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.uri() + path));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
