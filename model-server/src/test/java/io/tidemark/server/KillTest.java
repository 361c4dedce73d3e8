package io.tidemark.server;

import static io.tidemark.server.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.server.model.ModelRefusedException;
import io.tidemark.server.model.Sha256;
import io.tidemark.server.models.LoadedModel;
import io.tidemark.server.models.PackageStore;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of the server while it predicts, trains and activates. Every answer a client got
 * is recorded as it was given, none twice; every version the database tells of is there whole, and
 * so is every package that has its name; every activation somebody was told of is in the history,
 * and exactly one version is active whenever one looks.
 */
final class KillTest {
    private static final String ADMIN = "canary-admin-key-0123456789";
    private static final int CLIENTS = 2;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir Path data;
    @TempDir Path files;
    private final Map<String, Told> answered = new ConcurrentHashMap<>();
    private final Map<Long, String> activated = new ConcurrentHashMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private Path models;
    private int life;

    /** What a client was answered. */
    private record Told(String version, double prediction) {}

    @Test
    void killedUnderLoad() throws Exception {
        killed(3, 2026);
    }

    @Tag("kills")
    @Test
    void killedFiftyTimesUnderLoad() throws Exception {
        killed(50, Long.getLong("tidemark.kills.seed", 7));
    }

    private void killed(int times, long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        models = files.resolve("models");
        TestDataset.write(files, "good", true);
        try (TestDatabase database = TestDatabase.migrated(data)) {
            database.register("1.0.0", List.of("mid_price", "spread"));
            database.insert("BTCUSDT", "1.0.0", Instant.now(), 2.0, 0.5);
            TestModels.activate(database, models);
            TestModels.publish(database, models, 3);
            long checked = 0;
            for (life = 1; life <= times; life++) {
                live(database, random.nextInt(50, 2_500));
                assertThat(wrong).as("life %d", life).isEmpty();
                checkRecords(database, "life" + life + "-");
                checkActivations(database);
                checked = checkVersionsAfter(checked, database);
            }
            checkRecords(database, "");
            assertThat(checkVersionsAfter(0, database))
                    .as("versions, the first two of which no server trained")
                    .isGreaterThanOrEqualTo(2 + times / 5);
        }
        assertThat(answered).hasSizeGreaterThan(times);
        assertThat(activated).hasSizeGreaterThan(times / 2);
    }

    /** Starts a server, loads it, and kills it so many milliseconds after its first answer. */
    private void live(TestDatabase database, int millis) throws Exception {
        int port = TestDatabase.freePort();
        Process server = start(database, port);
        URI uri = URI.create("http://127.0.0.1:" + port);
        List<Thread> clients = new ArrayList<>();
        try {
            awaitListening(server, port);
            CountDownLatch first = new CountDownLatch(1);
            for (int i = 0; i < CLIENTS; i++) {
                String name = "life%d-client%d-".formatted(life, i);
                clients.add(begun(server, n -> predict(uri, name + n, first)));
            }
            clients.add(begun(server, n -> change(uri, n)));
            clients.add(begun(server, n -> look(uri)));
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
                                "-XX:+UseSerialGC",
                                "-Xmx256m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ServerMain.class.getName(),
                                "--server.port=" + port,
                                "--serving-store.url=" + database.url(),
                                "--serving-store.user=postgres",
                                "--models.directory=" + models,
                                "--archive.root=" + files)
                        .redirectErrorStream(true)
                        .redirectOutput(files.resolve("server-" + life + ".log").toFile());
        builder.environment().put("ADMIN_API_KEY", ADMIN);
        builder.environment().put("TIDEMARK_SERVING_STORE_PASSWORD", "postgres");
        return builder.start();
    }

    /** Who asked all the time would take the processor from a server that starts. */
    private static void awaitListening(Process server, int port) throws InterruptedException {
        while (server.isAlive()) {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                assertThat(socket.isConnected()).isTrue();
                return;
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    /** Does it again and again, counting, while the server lives. */
    private static Thread begun(Process server, IntConsumer task) {
        Thread thread =
                new Thread(
                        () -> {
                            for (int n = 0; server.isAlive(); n++) {
                                task.accept(n);
                            }
                        },
                        "client");
        thread.start();
        return thread;
    }

    private void predict(URI uri, String id, CountDownLatch first) {
        sent(request(uri, "/predict?symbol=BTCUSDT").header("X-Request-ID", id))
                .ifPresent(
                        answer -> {
                            answered.put(
                                    id,
                                    new Told(
                                            answer.get("model_version").asText(),
                                            answer.get("prediction").asDouble()));
                            first.countDown();
                        });
    }

    /** Trains a small model, and activates the one and the other. */
    private void change(URI uri, int n) {
        var unused =
                post(
                        uri,
                        "/admin/train",
                        "{\"dataset_id\":\"good\",\"algorithm\":\"ridge\",\"activate\":\"never\"}");
        post(
                        uri,
                        "/models/activate/v" + (1 + n % 2),
                        "{\"activated_by\":\"anna\",\"activation_reason\":\"a test\"}")
                .ifPresent(
                        answer ->
                                activated.put(
                                        answer.get("activation").asLong(),
                                        answer.get("version").asText()));
    }

    private void look(URI uri) {
        sent(request(uri, "/models"))
                .ifPresent(
                        answer -> {
                            List<String> active = new ArrayList<>();
                            for (JsonNode one : answer.get("models")) {
                                if (one.get("is_active").asBoolean()) {
                                    active.add(one.get("version").asText());
                                }
                            }
                            if (!active.equals(List.of(answer.get("active_version").asText()))) {
                                wrong.add("active are " + active);
                            }
                        });
    }

    private static HttpRequest.Builder request(URI uri, String path) {
        return HttpRequest.newBuilder(uri.resolve(path)).timeout(Duration.ofSeconds(30));
    }

    private static Optional<JsonNode> post(URI uri, String path, String body) {
        return sent(
                request(uri, path)
                        .header("X-API-Key", ADMIN)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
    }

    /** An answer that came whole and says yes. */
    private static Optional<JsonNode> sent(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
            return Optional.of(json(answer))
                    .filter(body -> answer.statusCode() == 200 && body.has("request_id"));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of requests whose ids begin so. */
    private void checkRecords(TestDatabase database, String ids) throws SQLException {
        Map<String, Told> recorded = new HashMap<>();
        Set<String> shadows = new HashSet<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT request_id, model_version, output[1], shadow"
                                        + " FROM prediction WHERE request_id LIKE '"
                                        + ids
                                        + "%'")) {
            while (rows.next()) {
                String id = rows.getString(1);
                Told told = new Told("v" + rows.getLong(2), rows.getDouble(3));
                boolean first =
                        rows.getBoolean(4)
                                ? shadows.add(id + " " + told.version)
                                : recorded.put(id, told) == null;
                assertThat(first).as("life %d: %s is recorded once", life, id).isTrue();
            }
        }
        Map<String, Told> lost = new HashMap<>(answered);
        lost.keySet().removeIf(id -> !id.startsWith(ids));
        lost.entrySet().removeIf(one -> one.getValue().equals(recorded.get(one.getKey())));
        assertThat(lost).as("life %d: answered and not recorded so", life).isEmpty();
    }

    private void checkActivations(TestDatabase database) throws SQLException {
        Map<Long, String> history = new TreeMap<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT number, version FROM model_activation")) {
            while (rows.next()) {
                history.put(rows.getLong(1), "v" + rows.getLong(2));
            }
        }
        assertThat(history)
                .as("life %d: what was told is there", life)
                .containsAllEntriesOf(activated);
        assertThat(history.keySet())
                .as("life %d: numbers without a gap, so the last is one", life)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, history.size()).boxed().toList());
    }

    /** Whole in the database and in the directory; answers with the newest. */
    private long checkVersionsAfter(long number, TestDatabase database)
            throws SQLException, IOException, ModelRefusedException {
        PackageStore packages = PackageStore.in(models);
        long newest = number;
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT number, package_sha256, (SELECT count(*) FROM drift_baseline"
                                        + " WHERE version = number) FROM model_version"
                                        + " WHERE number > "
                                        + number)) {
            while (rows.next()) {
                LoadedModel model = packages.load("v" + rows.getLong(1), rows.getString(2));
                assertThat(model.content().driftBaseline()).hasSize(rows.getInt(3));
                newest = Math.max(newest, rows.getLong(1));
            }
        }
        try (Stream<Path> folders = Files.list(models)) {
            for (Path folder : folders.toList()) {
                String name = folder.getFileName().toString();
                if (PackageStore.isVersion(name) && Long.parseLong(name.substring(1)) > number) {
                    String sha256 = Sha256.of(Files.readAllBytes(folder.resolve("package.json")));
                    assertThat(packages.load(name, sha256).sha256()).isEqualTo(sha256);
                    assertThat(packages.report(name, sha256)).isPresent();
                }
            }
        }
        return newest;
    }
}
