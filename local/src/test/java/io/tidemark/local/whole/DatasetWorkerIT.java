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
import java.security.MessageDigest;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        SmallArchive.write(archive, FROM, Duration.ofHours(2), 10);
        broker = EmbeddedBroker.start(data.resolve("broker"), FreePort.find());
        database = EmbeddedDatabase.start(data.resolve("database"), FreePort.find());
        List<String> flags = new ArrayList<>(List.of("--server.port", "0"));
        settings().forEach((key, value) -> flags.addAll(List.of("--" + key, value)));
        flags.addAll(List.of("--models.directory", data.resolve("models").toString()));
        server = ModelServer.start(ServerMain.settings(flags, Map.of("ADMIN_API_KEY", KEY)));
        Until.holds(
                "the schema", PATIENCE, () -> send("GET", "/dataset/list", "").statusCode() == 200);
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
        try (var session =
                        DriverManager.getConnection(
                                database.jdbcUrl(), database.user(), database.password());
                Statement statement = session.createStatement()) {
            statement.execute("UPDATE dataset SET request = 'null' WHERE dataset_id = 'odd'");
        }
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

    @ParameterizedTest
    @ValueSource(longs = 1)
    void whatAKilledWorkerLeftIsBuiltByTheNext(long seed) throws Exception {
        String id = "killed-" + seed;
        ask(id, "BTCUSDT");
        Process first = work();
        awaited(id, "building");
        Thread.sleep(new SplittableRandom(seed).nextInt(6_000));
        first.destroyForcibly().waitFor();
        work();
        JsonNode ready = awaited(id, "ready");

        assertThat(ready.at("/certificate/passed").asBoolean()).isTrue();
        try (Stream<Path> all = Files.list(archive.resolve("datasets"))) {
            assertThat(all.map(path -> path.getFileName().toString()))
                    .contains(id)
                    .noneMatch(name -> name.contains(id) && name.endsWith(".building"));
        }
        assertThat(told(id).path("status").asText()).isEqualTo("ready");
    }

    private void assertNothingIsLeft(String id) throws IOException {
        try (Stream<Path> all = Files.list(archive.resolve("datasets"))) {
            assertThat(all.map(path -> path.getFileName().toString()))
                    .noneMatch(name -> name.equals(id) || name.equals("." + id + ".building"));
        }
    }

    /** A worker; what it says goes to its own file beside the archive. */
    private Process work() throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                                "--add-opens=java.base/java.util=ALL-UNNAMED",
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
                                .formatted(id, symbol, FROM, FROM.plus(Duration.ofHours(2))));
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
