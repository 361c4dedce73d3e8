package io.tidemark.server;

import static io.tidemark.server.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every request, well meant or not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HttpMannersTest {
    private TestDatabase database;
    private ModelServer server;
    private TestClient client;

    @BeforeAll
    void start(@TempDir Path data) {
        database = TestDatabase.migrated(data);
        server = TestClient.start(database, Map.of("cors.allow-origins", "https://app.example"));
        client = new TestClient(server);
    }

    @AfterAll
    void stop() {
        server.close();
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/nothing", "/docs", "/features?symbol=x", "/metrics"})
    void sendsTheSecurityHeadersWithEveryAnswer(String path) {
        var headers = client.get(path).headers();
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(headers.firstValue("Cache-Control")).contains("no-store");
        assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'self';")
                .contains("object-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(headers.firstValue("Server")).isEmpty();
        assertThat(headers.firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void echoesASaneRequestId() {
        HttpResponse<String> response = client.get("/health", "X-Request-ID", "Ab-1._");
        assertThat(response.headers().allValues("X-Request-ID")).containsExactly("Ab-1._");
        assertThat(json(response).get("request_id").asText()).isEqualTo("Ab-1._");
        HttpResponse<String> problem = client.get("/nothing", "X-Request-ID", "Ab-1._");
        assertThat(json(problem).get("request_id").asText()).isEqualTo("Ab-1._");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "<img>", "x\u00e9", "\"", "a,b"})
    void makesARequestIdWhenTheOneSentIsNotSane(String sent) {
        String response =
                client.raw(
                        "GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Request-ID: "
                                + sent
                                + "\r\n\r\n");
        assertThat(response).startsWith("HTTP/1.1 200").doesNotContain(sent + "\r\n");
        assertThat(response)
                .containsPattern("X-Request-ID: [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\r\n");
    }

    @Test
    void answersAnUnknownPathWithAProblem() {
        HttpResponse<String> response = client.get("/nothing%3Cimg%3E");
        assertProblem(response, 404, "not-found");
        assertThat(json(response).get("instance").asText()).startsWith("/nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "PURGE"})
    void answersAnotherMethodWithAProblemThatSaysWhatIsAllowed(String method) {
        HttpResponse<String> response = client.send(method, "/health", BodyPublishers.noBody());
        assertProblem(response, 405, "method-not-allowed");
        assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void ignoresAMethodOverride() {
        assertThat(client.get("/health", "X-HTTP-Method-Override", "DELETE").statusCode())
                .isEqualTo(200);
    }

    @Test
    void answersHeadLikeGetWithoutABody() {
        HttpResponse<String> response = client.send("HEAD", "/health", BodyPublishers.noBody());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void refusesABodyWhetherItsLengthIsDeclaredOrNot() {
        assertProblem(
                client.send("GET", "/health", BodyPublishers.ofString("{}")),
                413,
                "content-too-large");
        assertProblem(
                client.send(
                        "GET",
                        "/health",
                        BodyPublishers.ofInputStream(
                                () -> new ByteArrayInputStream(new byte[100_000]))),
                413,
                "content-too-large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dataset/%00", "/..;/x", "/%"})
    void saysThatItClosesAConnectionAfterWhatItCannotRead(String path) {
        assertThat(client.raw("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("\r\nConnection: close\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /admin/train",
                "POST /nothing",
                "POST /health",
                "DELETE /admin/audit/clear",
                "GET /health",
            })
    void saysThatItClosesAConnectionWhoseBodyItDoesNotWaitFor(String call) {
        String head = call + " HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n";
        assertThat(client.raw(head)).contains("\r\nConnection: close\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/features/..%2f..%2fetc%2fpasswd",
                "/docs/..%2f..%2fetc%2fpasswd",
                "/docs/%2e%2e/swagger-ui.css/../../etc/passwd",
                "/%2e%2e%2fx",
                "/..;/x",
                "/%00",
                "/%252e%252e%252f",
                "/..%5c..",
                "/%c0%ae%c0%ae/",
                "//etc/passwd",
                "/%ff",
                "/%",
                "/docs/x%0d%0aSet-Cookie:%20x=1",
            })
    void servesNoFileByACleverPath(String path) {
        String response =
                client.raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(response).containsPattern("^HTTP/1.1 40[04] ").doesNotContain("\r\nSet-Cookie");
        assertThat(response)
                .contains("application/problem+json", "urn:tidemark:problem:", "nosniff")
                .doesNotContain("<html", "Exception", "jetty");
    }

    @Test
    void refusesHeadersThatAreTooLargeOrTooMany() {
        assertThat(client.raw(get("/health", "X-Long: " + "a".repeat(20_000) + "\r\n")))
                .startsWith("HTTP/1.1 431 ")
                .contains("application/problem+json");
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            many.append("X-").append(i).append(": a\r\n");
        }
        assertThat(client.raw(get("/health", many.toString())))
                .startsWith("HTTP/1.1 431 ")
                .contains("application/problem+json");
    }

    @Test
    void refusesAUrlThatIsTooLong() {
        assertThat(client.raw(get("/" + "a".repeat(9_000), "")))
                .startsWith("HTTP/1.1 414 ")
                .contains("urn:tidemark:problem:uri-too-long");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /health HTTP/1.1\r\nConnection: close\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding:"
                        + " chunked\r\n\r\n",
                "NONSENSE\r\n\r\n",
            })
    void refusesARequestThatIsNotHttp(String request) {
        assertThat(client.raw(request))
                .startsWith("HTTP/1.1 400 ")
                .contains("urn:tidemark:problem:invalid-request")
                .doesNotContain("\r\nServer:", "Exception");
    }

    @Test
    void readsNothingFromTheHostHeader() {
        String response = client.raw("GET / HTTP/1.1\r\nHost: evil\r\nConnection: close\r\n\r\n");
        assertThat(response).startsWith("HTTP/1.1 200 ").doesNotContain("evil");
    }

    @Test
    void letsOnlyListedOriginsRead() {
        String[] preflight = {"Access-Control-Request-Method", "GET"};
        assertProblem(
                client.send(
                        "OPTIONS",
                        "/features",
                        BodyPublishers.noBody(),
                        preflight[0],
                        preflight[1],
                        "Origin",
                        "https://evil.example"),
                403,
                "forbidden");
        HttpResponse<String> listed =
                client.send(
                        "OPTIONS",
                        "/features",
                        BodyPublishers.noBody(),
                        preflight[0],
                        preflight[1],
                        "Origin",
                        "https://app.example");
        assertThat(listed.statusCode()).isEqualTo(204);
        assertThat(listed.headers().firstValue("Access-Control-Allow-Origin"))
                .contains("https://app.example");
        assertThat(client.get("/health", "Origin", "https://evil.example").headers().map())
                .doesNotContainKey("access-control-allow-origin");
        HttpResponse<String> read = client.get("/health", "Origin", "https://app.example");
        assertThat(read.headers().firstValue("Access-Control-Allow-Origin"))
                .contains("https://app.example");
        assertThat(read.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
    }

    @Test
    void countsLatenciesByRoute() {
        client.get("/health");
        client.get("/api/v1/health");
        client.get("/nowhere-to-be-found");
        String metrics = client.get("/metrics").body();
        assertThat(metrics)
                .contains(
                        "tidemark_http_requests_seconds_bucket{route=\"/health\",status=\"200\",le=\"0.001\"}")
                .contains(
                        "tidemark_http_requests_seconds_count{route=\"/api/v1/health\",status=\"200\"}")
                .contains("tidemark_http_requests_seconds_count{route=\"none\",status=\"404\"}")
                .contains("jvm_memory_used_bytes", "hikaricp_connections_active")
                .doesNotContain("nowhere-to-be-found");
    }

    private static String get(String path, String headers) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n";
    }

    private static void assertProblem(HttpResponse<String> response, int status, String type) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        JsonNode body = json(response);
        assertThat(body.get("type").asText()).isEqualTo("urn:tidemark:problem:" + type);
        assertThat(body.get("status").asInt()).isEqualTo(status);
        assertThat(body.get("request_id").asText())
                .isEqualTo(response.headers().firstValue("X-Request-ID").orElse("none"));
    }
}
