package io.tidemark.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StopTest {
    @Test
    void letsARequestUnderWayFinish(@TempDir Path data) throws Exception {
        try (TestDatabase database = TestDatabase.migrated(data);
                Connection blocker = database.connect()) {
            database.register("1.0.0", List.of("mid_price"));
            database.insert("BTCUSDT", "1.0.0", Instant.now(), 1.0);
            ModelServer server =
                    TestClient.start(database, Map.of("serving-store.statement-timeout", "20s"));
            TestClient client = new TestClient(server);
            blocker.setAutoCommit(false);
            blocker.createStatement().execute("LOCK TABLE feature_row IN ACCESS EXCLUSIVE MODE");
            var answer =
                    CompletableFuture.supplyAsync(
                            () -> client.get("/features/latest?symbol=BTCUSDT").statusCode());
            TestClient.eventually("the read waits", () -> waiting(database));
            var stopped = CompletableFuture.runAsync(server::close);
            TestClient.eventually("no new connections", () -> refuses(client));
            blocker.rollback();
            assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(200);
            stopped.get(20, TimeUnit.SECONDS);
            server.close();
        }
    }

    @Test
    void saysNotReadyWhileItDrains(@TempDir Path data) throws Exception {
        try (TestDatabase database = TestDatabase.migrated(data)) {
            ModelServer server =
                    TestClient.start(
                            database, Map.of("server.drain", "2s", "ready.freshness", "off"));
            TestClient client = new TestClient(server);
            TestClient.eventually("ready", () -> client.get("/ready").statusCode() == 200);
            var stopped = CompletableFuture.runAsync(server::close);
            TestClient.eventually(
                    "draining", () -> client.get("/ready").body().contains("\"lifecycle\""));
            assertThat(client.get("/health").statusCode()).isEqualTo(200);
            stopped.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void saysWhichPortIsTaken(@TempDir Path data) {
        try (TestDatabase database = new TestDatabase(data);
                ModelServer first = TestClient.start(database, Map.of())) {
            String port = Integer.toString(first.port());
            assertThatThrownBy(
                            () -> TestClient.start(database, Map.of("server.port", port)).close())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("port " + port + " of 127.0.0.1 is taken");
        }
    }

    private static boolean waiting(TestDatabase database) {
        try (Connection connection = database.connect();
                var result =
                        connection
                                .createStatement()
                                .executeQuery(
                                        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type ="
                                                + " 'Lock' AND query LIKE 'SELECT r.registry_version%'")) {
            return result.next() && result.getInt(1) > 0;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean refuses(TestClient client) {
        try {
            client.raw("GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            return false;
        } catch (UncheckedIOException e) {
            return true;
        }
    }
}
