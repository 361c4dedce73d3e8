package io.tidemark.server;

import static io.tidemark.server.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreRolesTest {
    @Test
    void servesAsARoleThatCanOnlyReadAndMigratesAsTheOwner(@TempDir Path data) {
        try (TestDatabase database = new TestDatabase(data)) {
            database.start();
            database.execute("CREATE ROLE reader LOGIN PASSWORD 'reader'");
            database.execute("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO reader");
            Map<String, String> roles =
                    Map.of(
                            "serving-store.user", "reader",
                            "serving-store.password", "reader",
                            "serving-store.owner-user", "postgres",
                            "serving-store.owner-password", "postgres",
                            "ready.freshness", "off");
            try (ModelServer server = TestClient.start(database, roles)) {
                TestClient client = new TestClient(server);
                TestClient.eventually("migrated", () -> client.get("/ready").statusCode() == 200);
                database.register("1.0.0", List.of("mid_price"));
                database.insert("BTCUSDT", "1.0.0", Instant.now(), 1.0);
                assertThat(client.get("/features/latest?symbol=BTCUSDT").statusCode())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void givesUpAReadThatTheDatabaseDoesNotFinish(@TempDir Path data) throws Exception {
        try (TestDatabase database = TestDatabase.migrated(data);
                ModelServer server =
                        TestClient.start(
                                database, Map.of("serving-store.statement-timeout", "300ms"));
                Connection blocker = database.connect()) {
            blocker.setAutoCommit(false);
            blocker.createStatement().execute("LOCK TABLE feature_row IN ACCESS EXCLUSIVE MODE");
            HttpResponse<String> response =
                    new TestClient(server).get("/features/latest?symbol=BTCUSDT");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(json(response).get("error_code").asText()).isEqualTo("STORE_UNAVAILABLE");
        }
    }
}
