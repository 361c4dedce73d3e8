package io.tidemark.server;

import static io.tidemark.server.TestClient.ADMIN;
import static io.tidemark.server.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies and paths that are not what they should be, at a server that has a model to ask. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadBodiesTest {

    private TestDatabase database;
    private ModelServer server;
    private TestClient client;

    @BeforeAll
    void start(@TempDir Path data, @TempDir Path models) {
        database = TestDatabase.migrated(data);
        database.register("1.0.0", List.of("mid_price", "spread"));
        database.insert("BTCUSDT", "1.0.0", Instant.now(), 2.0, 0.5);
        TestModels.activate(database, models);
        server =
                TestClient.start(
                        database,
                        Map.of("models.directory", models.toString(), "admin.api-key", ADMIN));
        client = new TestClient(server);
        TestClient.eventually("a model", () -> client.get("/health/models").statusCode() == 200);
    }

    @AfterAll
    void stop() {
        server.close();
        database.close();
    }

    /** Of the kinds of the JSON test suites' files of what must not be taken. */
    static Stream<String> malformed() {
        String good = "{\"features\":[1,2]}";
        return Stream.of(
                "{",
                "}",
                "{\"features\":[1,2]",
                "{\"features\":[1,2]}}",
                good + good,
                good + "x",
                good + ",",
                good + " null",
                good + "\u0000",
                "{\"features\":[1,2],}",
                "{\"features\":[1,2,]}",
                "{\"features\":[1 2]}",
                "{\"features\":[,1]}",
                "{\"features\" [1,2]}",
                "{\"features\"::[1,2]}",
                "{features:[1,2]}",
                "{'features':[1,2]}",
                "{\"features\":[1,2] /* a comment */}",
                "{\"features\":[1,2]} // a comment",
                "# a comment\n" + good,
                "{\"features\":[1,2],\"features\":[3,4]}",
                "{\"features\":[NaN,2]}",
                "{\"features\":[Infinity,2]}",
                "{\"features\":[-Infinity,2]}",
                "{\"features\":[0x1,2]}",
                "{\"features\":[01,2]}",
                "{\"features\":[+1,2]}",
                "{\"features\":[.5,2]}",
                "{\"features\":[1.,2]}",
                "{\"features\":[1e,2]}",
                "{\"features\":[1e+,2]}",
                "{\"features\":[--1,2]}",
                "{\"features\":[1_0,2]}",
                "{\"features\":[\uff11,2]}",
                "{\"features\":[tru,2]}",
                "{\"features\":[True,2]}",
                "{\"symbol\":\"BTC\nUSDT\"}",
                "{\"symbol\":\"BTC\\xUSDT\"}",
                "{\"symbol\":\"BTC\\u00\"}",
                "{\"symbol\":\"BTCUSDT}",
                "{\"symbol\":BTCUSDT}",
                "[" + good + "]",
                "\"x\"",
                "7",
                "null",
                "<x/>",
                "[".repeat(10_000),
                "{\"features\":".repeat(5_000),
                "{\"features\":[" + "1".repeat(50_000) + ",2]}");
    }

    @ParameterizedTest
    @MethodSource
    void malformed(String body) {
        HttpResponse<String> answer = post("/predict", BodyPublishers.ofString(body));
        refused(answer, 400, "INVALID_REQUEST");
        assertThat(answer.body()).doesNotContain("StreamRead", "JsonRead", "fasterxml", "[Source");
    }

    @Test
    void anotherEncodingIsNotTaken() {
        byte[] surrogate = "{\"symbol\":\"BTC??USDT\"}".getBytes(StandardCharsets.ISO_8859_1);
        surrogate[14] = (byte) 0xff;
        surrogate[15] = (byte) 0xfe;
        refused(post("/predict", BodyPublishers.ofByteArray(surrogate)), 400, "INVALID_REQUEST");
        byte[] serialized = {(byte) 0xac, (byte) 0xed, 0, 5, 's', 'r', 0, 17};
        refused(post("/predict", BodyPublishers.ofByteArray(serialized)), 400, "INVALID_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"features\":[]}",
                "{\"features\":[1]}",
                "{\"features\":[1,2,3]}",
                "{\"features\":[\"1\",2]}",
                "{\"features\":[true,2]}",
                "{\"features\":[[1],2]}",
                "{\"features\":[1e309,2]}",
                "{\"features\":[-1e309,2]}",
                "{\"features\":7}",
                "{\"features\":{\"mid_price\":1,\"another\":2}}",
                "{\"features\":{\"mid_price\":\"1\"}}",
                "{\"features\":[1,2],\"symbol\":\"BTCUSDT\"}",
                "{\"features\":[1,2],\"max_age_ms\":-1}",
                "{\"features\":[1,2],\"max_age_ms\":1.5}",
                "{\"features\":[1,2],\"more\":1}",
                "{\"features\":[1,2],\"model\":7}",
                "{\"symbol\":\"btcusdt\"}",
                "{\"symbol\":\" BTCUSDT\"}",
                "{\"symbol\":\"BTC/USDT\"}",
                "{\"symbol\":\"BTCUSDT\\u0000\"}",
                "{\"symbol\":\"\\u0412\\u0422\\u0421USDT\"}",
                "{\"symbol\":\"' OR 1=1--\"}",
                "{\"symbol\":\"\"}",
                "{\"symbol\":7}",
            })
    void notWhatIsPredicted(String body) {
        JsonNode answer = refused(post("/predict", BodyPublishers.ofString(body)), 400, null);
        assertThat(answer.at("/errors/0/pointer").isTextual()).as(body).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "v99, 404",
        "v0, 400",
        "../v1, 400",
        "v1/../v1, 400",
        "V1, 400",
        "v999999999999, 400",
    })
    void aModelThatIsNotThere(String model, int status) {
        refused(
                post(
                        "/predict",
                        BodyPublishers.ofString(
                                "{\"features\":[1,2],\"model\":\"%s\"}".formatted(model))),
                status,
                null);
    }

    @Test
    void moreThanTheLimitsIsRefusedBeforeItIsScored() {
        String many =
                IntStream.rangeClosed(0, 10_000)
                        .mapToObj(i -> "{\"features\":[1,2]}")
                        .collect(Collectors.joining(",", "{\"items\":[", "]}"));
        refused(post("/predict/batch", BodyPublishers.ofString(many)), 400, "INVALID_REQUEST");
        for (Map.Entry<String, Integer> one :
                Map.of("/predict", 65_537, "/predict/batch", (16 << 20) + 1).entrySet()) {
            byte[] large = new byte[one.getValue()];
            refused(
                    post(one.getKey(), BodyPublishers.ofByteArray(large)),
                    413,
                    "CONTENT_TOO_LARGE");
            refused(
                    post(
                            one.getKey(),
                            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))),
                    413,
                    "CONTENT_TOO_LARGE");
        }
        assertThat(post("/predict", BodyPublishers.ofString("{\"features\":[1,2]}")).statusCode())
                .as("and the server goes on")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/x-java-serialized-object",
                "json",
            })
    void anotherMediaTypeIsNotTaken(String type) {
        refused(
                client.send(
                        "POST",
                        "/predict",
                        BodyPublishers.ofString("{\"features\":[1,2]}"),
                        "Content-Type",
                        type),
                415,
                "UNSUPPORTED_MEDIA_TYPE");
        refused(
                client.send("POST", "/predict", BodyPublishers.ofString("{\"features\":[1,2]}")),
                415,
                "UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void nothingIsUnpacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write("{\"features\":[1,2]}".getBytes(StandardCharsets.UTF_8));
        }
        for (String encoding : List.of("gzip", "deflate", "br", "zstd", "gzip, gzip")) {
            refused(
                    client.send(
                            "POST",
                            "/predict",
                            BodyPublishers.ofByteArray(packed.toByteArray()),
                            "Content-Type",
                            "application/json",
                            "Content-Encoding",
                            encoding),
                    415,
                    "UNSUPPORTED_MEDIA_TYPE");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/models/..%2f..%2fetc%2fpasswd",
                "/models/%2e%2e%2fv1",
                "/models/v1%00",
                "/models/v1%0d%0aSet-Cookie:%20x=1",
                "/models/..%2f..%2fetc/report",
                "/predictions/..%2f..%2fetc%2fpasswd",
                "/predictions/%0d%0aSet-Cookie:%20x=1",
                "/dataset/..%2f..%2fetc%2fpasswd",
                "/dataset/..%2f..%2fetc/download",
                "/dataset/%2e%2e/download?split=all",
                "/feature-registry/versions/..%2f..%2fx",
                "/feature-registry/versions/v1%0d%0aSet-Cookie:%20x=1",
            })
    void idsAreNoPaths(String path) {
        String response =
                client.raw(
                        "GET "
                                + path
                                + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-API-Key: "
                                + ADMIN
                                + "\r\n\r\n");
        assertThat(response)
                .containsPattern("^HTTP/1.1 40[04] ")
                .contains("application/problem+json")
                .doesNotContain("\r\nSet-Cookie", "root:", "Exception");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked, xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}\r\n0\r\n\r\n",
                "Content-Length: 99999999999999999999\r\n\r\n{}",
            })
    void aBodyWhoseLengthIsALieEndsTheConnection(String rest) {
        String response =
                client.raw(
                        "POST /predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                + rest);
        assertThat(response).startsWith("HTTP/1.1 400 ").doesNotContain("Exception");
        assertThat(response.split("HTTP/1.1 ", -1)).as("one answer").hasSize(2);
    }

    /** A byte now and then keeps a connection from being silent; it must not keep a thread. */
    @Test
    void aBodyThatTricklesIsNotWaitedFor() throws Exception {
        try (Socket socket = new Socket(server.uri().getHost(), server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(
                            head(
                                            "POST /predict HTTP/1.1",
                                            "Host: x",
                                            "Content-Type: application/json",
                                            "Content-Length: 60000")
                                    .getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 500 && socket.getInputStream().available() == 0; i++) {
                socket.getOutputStream().write(' ');
                TimeUnit.MILLISECONDS.sleep(100);
            }
            assertThat(
                            new String(
                                    socket.getInputStream().readNBytes(12),
                                    StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 408");
        }
    }

    private static String head(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    @Test
    void theHostOfAnAbsoluteRequestIsNotLookedAt() {
        String response =
                client.raw(
                        head(
                                "GET http://evil.example/health HTTP/1.1",
                                "Host: evil.example",
                                "Connection: close"));
        assertThat(response).startsWith("HTTP/1.1 200 ").doesNotContain("evil");
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "h2c", "TLS/1.0"})
    void nothingIsUpgraded(String protocol) {
        String response =
                client.raw(
                        head(
                                "GET /health HTTP/1.1",
                                "Host: x",
                                "Connection: Upgrade, close",
                                "Upgrade: " + protocol,
                                "Sec-WebSocket-Version: 13",
                                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
        assertThat(response)
                .startsWith("HTTP/1.1 200 ")
                .doesNotContain("\r\nUpgrade:", "\r\nSet-Cookie:");
        assertThat(client.get("/models", "Sec-WebSocket-Version", "13").statusCode())
                .as("nor is it a way past the routes")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=-1",
                "limit=0",
                "limit=1e9",
                "limit=abc",
                "limit=2147483648",
                "limit=1;DROP",
                "limit=%D9%A1%D9%A0",
                "limit=",
                "limit=1&limit=2",
                "unknown=1",
                "symbol='OR%201=1--",
                "symbol=x;select%20pg_sleep(5)",
            })
    void aListIsAskedForProperly(String query) {
        refused(client.get("/predictions/recent?" + query), 400, "INVALID_REQUEST");
    }

    @Test
    void activatingTwiceIsOnceAndThereIsNothingBeforeTheFirst() {
        String who = "{\"activated_by\":\"anna\",\"activation_reason\":\"a test\"}";
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> again = client.asAdmin("POST", "/models/activate/v1", who);
            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(json(again).get("activation").asInt()).isEqualTo(1);
        }
        refused(client.asAdmin("POST", "/admin/rollback", who), 409, "NOTHING_BEFORE");
        refused(client.asAdmin("POST", "/models/activate/v2", who), 404, "MODEL_NOT_FOUND");
    }

    private HttpResponse<String> post(String path, BodyPublisher body) {
        return client.send("POST", path, body, "Content-Type", "application/json");
    }

    private static JsonNode refused(
            HttpResponse<String> answer, int status, @Nullable String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        JsonNode problem = json(answer);
        if (code != null) {
            assertThat(problem.get("error_code").asText()).isEqualTo(code);
        }
        return problem;
    }
}
