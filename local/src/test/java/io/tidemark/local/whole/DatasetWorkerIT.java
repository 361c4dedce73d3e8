package io.tidemark.local.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import io.tidemark.job.publish.DatasetReady;
import io.tidemark.job.serving.DatasetQueue;
import io.tidemark.local.broker.EmbeddedBroker;
import io.tidemark.local.cli.Tidemark;
import io.tidemark.local.database.EmbeddedDatabase;
import io.tidemark.local.testdata.FreePort;
import io.tidemark.server.ModelServer;
import io.tidemark.server.ServerMain;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Datasets asked for over HTTP and built by {@code bin/tidemark dataset work} as a process of its
 * own, on a real database and broker: to the end, in vain, cancelled, killed.
 */
@Tag("kills")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatasetWorkerIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String KEY = "canary-admin-key-0123456789";
    private static final Instant FROM = Instant.parse("2026-08-01T10:00:00Z");
    private static final Duration LENGTH = Duration.ofMinutes(40);
    private static final long SEED = Long.getLong("tidemark.kills.seed", 20261122);
    private static final int KILLED = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Process> workers = new ArrayList<>();
    private Path archive;
    private EmbeddedBroker broker;
    private EmbeddedDatabase database;
    private ModelServer server;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        archive = data.resolve("archive");
        SmallArchive.write(archive, FROM, LENGTH, 10);
        settle();
        broker = EmbeddedBroker.start(data.resolve("broker"), FreePort.find());
        database = EmbeddedDatabase.start(data.resolve("database"), FreePort.find());
        List<String> flags = new ArrayList<>(List.of("--server.port", "0"));
        settings().forEach((key, value) -> flags.addAll(List.of("--" + key, value)));
        flags.addAll(List.of("--models.directory", data.resolve("models").toString()));
        server = ModelServer.start(ServerMain.settings(flags, Map.of("ADMIN_API_KEY", KEY)));
        Until.holds(
                "the schema", PATIENCE, () -> send("GET", "/dataset/list", "").statusCode() == 200);
    }

    /** As if the archive had been at rest for an hour: all of it is used, by every build. */
    private void settle() throws IOException {
        List<Path> all;
        try (Stream<Path> below = Files.walk(archive)) {
            all = below.filter(Files::isRegularFile).toList();
        }
        for (Path file : all) {
            Files.setLastModifiedTime(
                    file, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        }
    }

    private Map<String, String> settings() {
        return Map.of(
                "serving-store.url", database.jdbcUrl(),
                "serving-store.user", database.user(),
                "serving-store.password", database.password(),
                "serving-store.writer", database.user(),
                "serving-store.writer-password", database.password(),
                "archive.root", archive.toString());
    }

    @AfterEach
    void endWorkers() throws InterruptedException {
        for (Process worker : workers) {
            worker.destroyForcibly().waitFor();
        }
        workers.clear();
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
        database.close();
        broker.close();
    }

    @Test
    void isBuiltToldAndDownloaded() throws Exception {
        assertThat(ask("whole", "BTCUSDT").path("status").asText()).isEqualTo("queued");
        work();
        JsonNode ready = awaited("whole", "ready");

        JsonNode records = ready.path("records");
        JsonNode train = ready.at("/manifest/folds/0/splits/train");
        assertThat(records.path("train").asLong())
                .isEqualTo(train.path("rows").asLong())
                .isPositive();
        assertThat(ready.at("/certificate/passed").asBoolean()).isTrue();
        byte[] file =
                http.send(
                                request("/dataset/whole/download?split=train").build(),
                                BodyHandlers.ofByteArray())
                        .body();
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file)))
                .isEqualTo(train.path("sha256").asText());
        JsonNode told = told("whole");
        assertThat(told.path("status").asText()).isEqualTo("ready");
        assertThat(told.path("train_records")).isEqualTo(records.path("train"));
    }

    @Test
    void whatCannotBeBuiltFailsWithAReasonAndIsTold() throws Exception {
        ask("nothing", "ETHUSDT");
        work();
        String error = awaited("nothing", "failed").path("error").asText();
        assertThat(error).isEqualTo("the archive has no events of ETHUSDT");
        JsonNode told = told("nothing");
        assertThat(told.path("status").asText()).isEqualTo("failed");
        assertThat(told.path("error").asText()).isEqualTo(error);
        assertNothingIsLeft("nothing");
    }

    /** A request no server of today would have stored. */
    @Test
    void whatNobodyThoughtOfEndsOneDatasetAndNotTheWorker() throws Exception {
        ask("odd", "BTCUSDT");
        stored("UPDATE dataset SET request = 'null'", "odd");
        work();
        assertThat(awaited("odd", "failed").path("error").asText()).isNotEmpty();
        ask("next", "ETHUSDT");
        awaited("next", "failed");
    }

    @Test
    void aCancelledBuildLeavesNothing() throws Exception {
        ask("unwanted", "BTCUSDT");
        work();
        awaited("unwanted", "building");
        assertThat(send("DELETE", "/dataset/unwanted", "").statusCode()).isEqualTo(202);
        awaited("unwanted", "cancelled");
        assertThat(told("unwanted").path("error").asText()).isEqualTo("cancelled");
        assertNothingIsLeft("unwanted");
    }

    /**
     * Each dataset's first workers are killed at moments spread over the time an undisturbed one
     * takes; the last may end it. Rows of the same bits, and nothing beside them.
     */
    @Test
    void whatKilledWorkersLeftIsBuiltByTheNext() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        ask("undisturbed", "BTCUSDT");
        work();
        awaited("undisturbed", "building");
        long begun = System.nanoTime();
        JsonNode undisturbed = awaited("undisturbed", "ready");
        long busy = System.nanoTime() - begun;
        endWorkers();
        String rows = rows("undisturbed");
        assertThat(rows).hasSize(32);
        int kills = 0;
        for (int i = 1; i <= KILLED; i++) {
            String id = "killed-" + i;
            ask(id, "BTCUSDT");
            for (int attempt = 1; attempt < DatasetQueue.MOST_ATTEMPTS; attempt++) {
                String wanted = Integer.toString(attempt);
                work();
                Until.holds(
                        id + " is begun",
                        PATIENCE,
                        () -> stored("SELECT attempts FROM dataset", id).equals(wanted));
                TimeUnit.NANOSECONDS.sleep(random.nextLong(busy));
                endWorkers();
                if (stored("SELECT status FROM dataset", id).equals("ready")) {
                    break;
                }
                kills++;
                // As if it had been silent for so long that the next may take it over.
                stored(
                        "UPDATE dataset SET seen_at = seen_at - interval '%d s'"
                                .formatted(DatasetQueue.SILENT_SECONDS),
                        id);
            }
            work();
            JsonNode ready = awaited(id, "ready");
            assertThat(ready.at("/certificate/passed").asBoolean()).isTrue();
            assertThat(ready.path("records")).isEqualTo(undisturbed.path("records"));
            assertThat(rows(id)).as("rows of all files").isEqualTo(rows);
            assertThat(told(id).path("status").asText()).isEqualTo("ready");
            endWorkers();
            assertThat(names()).contains(id).noneMatch(name -> name.startsWith("."));
        }
        assertThat(kills).isGreaterThan(KILLED);
    }

    /**
     * A digest of all rows of a dataset, in their order, numbers as the shortest text that reads
     * back as the same bits. The files themselves are not always the same: Parquet lists a column's
     * encodings in an order that differs from one JVM to the next.
     */
    private String rows(String id) throws SQLException {
        String files = archive.resolve("datasets").resolve(id) + "/fold=*/split=*/rows.parquet";
        try (var session = DriverManager.getConnection("jdbc:duckdb:");
                Statement open = session.createStatement();
                var found =
                        open.executeQuery(
                                """
                                SELECT md5(string_agg(r::VARCHAR, '|' ORDER BY fold, split, grid_time))
                                FROM read_parquet('%s', hive_partitioning = true) AS r
                                """
                                        .formatted(files))) {
            found.next();
            return found.getString(1);
        }
    }

    /** What a statement on a dataset's row answers; empty when it answers nothing. */
    private String stored(String statement, String id) throws SQLException {
        try (var session =
                        DriverManager.getConnection(
                                database.jdbcUrl(), database.user(), database.password());
                Statement open = session.createStatement()) {
            if (!open.execute(statement + " WHERE dataset_id = '" + id + "'")) {
                return "";
            }
            open.getResultSet().next();
            return open.getResultSet().getString(1);
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(archive.resolve("datasets"))) {
            return all.map(path -> path.getFileName().toString()).toList();
        }
    }

    private void assertNothingIsLeft(String id) throws IOException {
        assertThat(names())
                .noneMatch(name -> name.equals(id) || name.equals("." + id + ".building"));
    }

    /** A worker; what it says goes to its own file beside the archive. */
    private Process work() throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                                "--add-opens=java.base/java.util=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xmx512m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Tidemark.class.getName(),
                                "dataset",
                                "work",
                                "--parallelism",
                                "1",
                                "--set",
                                "broker.uri=" + broker.uri()));
        settings().forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
        Process worker =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                archive.resolveSibling("worker-%d.txt".formatted(workers.size()))
                                        .toFile())
                        .start();
        workers.add(worker);
        return worker;
    }

    private JsonNode ask(String id, String symbol) throws IOException, InterruptedException {
        HttpResponse<String> asked =
                send(
                        "POST",
                        "/dataset/build",
                        """
                        {"dataset_id": "%s", "symbol": "%s", "period_start": "%s", "period_end": "%s"}
                        """
                                .formatted(id, symbol, FROM, FROM.plus(LENGTH)));
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
        return JSON.readTree(asked.body());
    }

    private JsonNode awaited(String id, String status) throws Exception {
        Until.holds(
                id + " is " + status,
                PATIENCE,
                () -> {
                    JsonNode now = JSON.readTree(send("GET", "/dataset/" + id, "").body());
                    String is = now.path("status").asText();
                    assertThat(is.equals("failed") && !status.equals("failed"))
                            .as(now.toString())
                            .isFalse();
                    return is.equals(status);
                });
        return JSON.readTree(send("GET", "/dataset/" + id, "").body());
    }

    /** The message of that dataset; others are taken from the queue and forgotten. */
    private JsonNode told(String id) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(broker.uri());
        JsonNode[] found = new JsonNode[1];
        Until.holds(
                "the message of " + id,
                PATIENCE,
                () -> {
                    // A connection each time: the queue is made with its first message, and asking
                    // for one that is not there ends it.
                    try (Connection connection = factory.newConnection();
                            Channel channel = connection.createChannel()) {
                        GetResponse next = channel.basicGet(DatasetReady.NAME, true);
                        if (next != null && next.getProps().getMessageId().equals(id)) {
                            found[0] = JSON.readTree(next.getBody());
                        }
                    } catch (IOException | AlreadyClosedException notMadeYet) {
                        return false;
                    }
                    return found[0] != null;
                });
        return found[0];
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path);
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return http.send(
                request.method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.uri().resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("X-API-Key", KEY);
    }
}
