package io.tidemark.server;

import static io.tidemark.server.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.server.access.Access;
import io.tidemark.server.request.Route;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccessTest {
    private static final String KEY = "canary-read-key-0123456789";
    private static final String ADMIN = "canary-admin-key-0123456789";
    private static final String READ = "/features/latest?symbol=BTCUSDT";

    private TestDatabase database;
    private ModelServer server;
    private TestClient client;

    @BeforeAll
    void start(@TempDir Path data) {
        database = TestDatabase.migrated(data);
        server = TestClient.start(database, Map.of("read.api-key", KEY, "admin.api-key", ADMIN));
        client = new TestClient(server);
    }

    @AfterAll
    void stop() {
        server.close();
        database.close();
    }

    @Test
    void everyRouteIsOpenOrAsksForAKey() {
        List<String> open = List.of("/health", "/ready", "/metrics", "/openapi.json", "/", "/docs");
        for (Route route : server.routes()) {
            String path = route.path();
            for (String prefix : List.of("", "/api/v1")) {
                int status =
                        client.send(
                                        route.method().toString(),
                                        prefix + filled(path, "1.0.0"),
                                        BodyPublishers.noBody())
                                .statusCode();
                if (open.contains(path) || path.startsWith("/docs/")) {
                    assertThat(status).as(prefix + path).isNotEqualTo(401);
                } else {
                    assertThat(status).as(prefix + path).isEqualTo(401);
                }
            }
        }
    }

    private static String filled(String path, String version) {
        return path.replace("{version}", version)
                .replace("{id}", "none")
                .replace("{request_id}", "none");
    }

    @Test
    void whatChangesSomethingAsksForTheAdminKey() {
        for (Route route : server.routes()) {
            if (route.access() == Access.ADMIN) {
                String path = filled(route.path(), "0.0.1");
                String method = route.method().toString();
                var withRead = client.send(method, path, BodyPublishers.noBody(), "X-API-Key", KEY);
                assertThat(withRead.statusCode()).as(method + path).isEqualTo(403);
                assertThat(json(withRead).get("error_code").asText()).isEqualTo("FORBIDDEN");
                var withAdmin =
                        client.send(method, path, BodyPublishers.noBody(), "X-API-Key", ADMIN);
                assertThat(withAdmin.statusCode()).as(method + path).isNotIn(401, 403, 500);
            }
        }
    }

    @Test
    void headIsNoWayAroundTheKey() {
        for (Route route : server.routes()) {
            if (route.method().toString().equals("GET") && route.access() != Access.OPEN) {
                String path = filled(route.path(), "0.0.1");
                assertThat(client.send("HEAD", path, BodyPublishers.noBody()).statusCode())
                        .as(path)
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void aKeyThatIsTooLongIsNoKey() {
        assertThat(client.get(READ, "X-API-Key", "k".repeat(8_000)).statusCode()).isIn(401, 431);
    }

    @Test
    void nobodyChangesAnythingWhileThereIsNoAdminKey() {
        try (ModelServer open = TestClient.start(database, Map.of())) {
            assertThat(
                            new TestClient(open)
                                    .send(
                                            "POST",
                                            "/feature-registry/reload",
                                            BodyPublishers.noBody())
                                    .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void letsTheReadKeyAndTheAdminKeyRead() {
        assertThat(client.get(READ, "X-API-Key", KEY).statusCode()).isEqualTo(404);
        assertThat(client.get(READ, "X-API-Key", ADMIN).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "X-API-Key: \r\n",
                "X-API-Key: c\r\n",
                "X-API-Key: null\r\n",
                "X-API-Key: canary-read-key-012345678\r\n",
                "X-API-Key: canary-read-key-01234567890\r\n",
                "X-API-Key: \u00e9\r\n",
                "X-API-Key: canary-read-key-0123456789\r\nX-API-Key: x\r\n",
                "Cookie: X-API-Key=canary-read-key-0123456789\r\n",
                "Authorization: canary-read-key-0123456789\r\n",
            })
    void refusesEverythingElseWithTheSameWords(String header) {
        String response =
                client.raw(
                        "GET "
                                + READ
                                + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Request-ID: same\r\n"
                                + header
                                + "\r\n");
        assertThat(response)
                .startsWith("HTTP/1.1 401 ")
                .contains("WWW-Authenticate: ApiKey\r\n")
                .contains("send one valid key in the header X-API-Key");
    }

    @Test
    void takesNoKeyFromTheQuery() {
        HttpResponse<String> response = client.get(READ + "&api_key=" + KEY);
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(json(response).toString()).doesNotContain("canary");
    }

    @Test
    void showsNoKeyInItsSettings() {
        assertThat(
                        ServerMain.settings(
                                        List.of(
                                                "--read.api-key",
                                                KEY,
                                                "--serving-store.password=" + KEY),
                                        Map.of("ADMIN_API_KEY", ADMIN))
                                .toString())
                .doesNotContain("canary");
    }
}
