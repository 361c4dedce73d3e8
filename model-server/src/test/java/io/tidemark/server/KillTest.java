package io.tidemark.server;

import static io.tidemark.server.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.server.model.ModelRefusedException;
import io.tidemark.server.models.PackageStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of the server while it predicts, trains and activates: every answer a client got
 * is recorded, none twice; every version the database tells of can be loaded; exactly one is
 * active.
 */
final class KillTest {
    private static final String ADMIN = "canary-admin-key-0123456789";
    private static final int CLIENTS = 4;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir Path data;
    @TempDir Path files;
    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private int life;

    @Test
    void killedUnderLoad() throws Exception {
        killed(3, 2026);
    }

    @Tag("kills")
    @Test
    void killedFiftyTimesUnderLoad() throws Exception {
        killed(50, 7);
    }

    private void killed(int times, long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        TestDataset.write(files, "good", true);
        try (TestDatabase database = TestDatabase.migrated(data)) {
            database.register("1.0.0", List.of("mid_price", "spread"));
            database.insert("BTCUSDT", "1.0.0", Instant.now(), 2.0, 0.5);
            TestModels.activate(database, files.resolve("models"));
            TestModels.activate(database, files.resolve("models"));
            for (life = 1; life <= times; life++) {
                live(database, random.nextInt(50, 1_000));
                check(database);
            }
        }
        assertThat(answered).hasSizeGreaterThan(times);
    }

    /** Starts a server, loads it, and kills it so many milliseconds after its first answer. */
    private void live(TestDatabase database, int millis) throws Exception {
        int port = TestDatabase.freePort();
        Process server = start(database, port);
        URI uri = URI.create("http://127.0.0.1:" + port);
        List<Thread> clients = new ArrayList<>();
        try {
            CountDownLatch first = new CountDownLatch(1);
            for (int i = 0; i < CLIENTS; i++) {
                String name = "life%d-client%d-".formatted(life, i);
                clients.add(begun(() -> predict(server, uri, name, first)));
            }
            clients.add(begun(() -> change(server, uri)));
            assertThat(first.await(60, TimeUnit.SECONDS)).as("life %d answers", life).isTrue();
            TimeUnit.MILLISECONDS.sleep(millis);
        } finally {
            server.destroyForcibly().onExit().join();
        }
        for (Thread client : clients) {
            client.join(TimeUnit.SECONDS.toMillis(40));
            assertThat(client.isAlive()).isFalse();
        }
    }

    private Process start(TestDatabase database, int port) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx256m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ServerMain.class.getName(),
                                "--server.port=" + port,
                                "--serving-store.url=" + database.url(),
                                "--serving-store.user=postgres",
                                "--models.directory=" + files.resolve("models"),
                                "--archive.root=" + files)
                        .redirectErrorStream(true)
                        .redirectOutput(files.resolve("server-" + life + ".log").toFile());
        builder.environment().put("ADMIN_API_KEY", ADMIN);
        builder.environment().put("TIDEMARK_SERVING_STORE_PASSWORD", "postgres");
        return builder.start();
    }

    private static Thread begun(Runnable task) {
        Thread thread = new Thread(task, "client");
        thread.start();
        return thread;
    }

    private void predict(Process server, URI uri, String name, CountDownLatch first) {
        for (int i = 0; server.isAlive(); i++) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(uri.resolve("/predict?symbol=BTCUSDT"))
                            .timeout(Duration.ofSeconds(30))
                            .header("X-Request-ID", name + i);
            if (sent(request) == 200) {
                answered.add(name + i);
                first.countDown();
            }
        }
    }

    /** Trains a small model and activates this and that, all the time. */
    private void change(Process server, URI uri) {
        for (int i = 0; server.isAlive(); i++) {
            post(
                    uri.resolve("/admin/train"),
                    "{\"dataset_id\":\"good\",\"algorithm\":\"ridge\",\"keep_champion\":true}");
            post(
                    uri.resolve("/models/activate/v" + (1 + i % 2)),
                    "{\"activated_by\":\"anna\",\"activation_reason\":\"a test\"}");
        }
    }

    private static void post(URI uri, String body) {
        var unused =
                sent(
                        HttpRequest.newBuilder(uri)
                                .timeout(Duration.ofSeconds(30))
                                .header("X-API-Key", ADMIN)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body)));
    }

    /** The status of an answer that came whole; 0 when none did. */
    private static int sent(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
            JsonNode body = json(answer);
            return body.has("request_id") ? answer.statusCode() : 0;
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void check(TestDatabase database) throws SQLException, ModelRefusedException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            Set<String> recorded = new HashSet<>();
            try (ResultSet rows =
                    statement.executeQuery("SELECT request_id FROM prediction WHERE NOT shadow")) {
                while (rows.next()) {
                    assertThat(recorded.add(rows.getString(1)))
                            .as("life %d: %s is recorded once", life, rows.getString(1))
                            .isTrue();
                }
            }
            Set<String> lost = new HashSet<>(answered);
            lost.removeAll(recorded);
            assertThat(lost).as("life %d: answered and not recorded", life).isEmpty();

            PackageStore packages = PackageStore.in(files.resolve("models"));
            try (ResultSet rows =
                    statement.executeQuery("SELECT number, package_sha256 FROM model_version")) {
                while (rows.next()) {
                    var unused = packages.load("v" + rows.getLong(1), rows.getString(2));
                }
            }
            try (ResultSet row =
                    statement.executeQuery(
                            "SELECT count(*), max(number), count(DISTINCT number) FROM model_activation")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getLong(1))
                        .as(
                                "activations are numbered without gap or double, so the last one is one")
                        .isEqualTo(row.getLong(2))
                        .isEqualTo(row.getLong(3));
            }
        }
    }
}
