package io.tidemark.local.whole;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidemark.local.cli.Tidemark;
import io.tidemark.local.database.EmbeddedDatabase;
import io.tidemark.local.testdata.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code bin/tidemark demo} as a process of its own, on its embedded parts, at free ports. */
final class RunningDemo implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final Path screen;
    private final Path data;
    private final int database;
    private final int flink;
    private final int server;

    private RunningDemo(Process process, Path data, int database, int flink, int server) {
        this.process = process;
        this.screen = screen(data);
        this.data = data;
        this.database = database;
        this.flink = flink;
        this.server = server;
    }

    private static Path screen(Path data) {
        return data.resolve("screen.txt");
    }

    /** Begins to start. */
    static RunningDemo start(Path data, Map<String, String> environment) throws IOException {
        int database = FreePort.find();
        int flink = FreePort.find();
        int server = FreePort.find();
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "--add-opens=java.base/java.util=ALL-UNNAMED",
                        "-Xmx768m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Tidemark.class.getName(),
                        "demo",
                        "--data-dir",
                        data.toString(),
                        "--broker-port",
                        Integer.toString(FreePort.find()),
                        "--database-port",
                        Integer.toString(database),
                        "--flink-port",
                        Integer.toString(flink),
                        "--server-port",
                        Integer.toString(server));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(screen(data).toFile());
        builder.environment().putAll(environment);
        return new RunningDemo(builder.start(), data, database, flink, server);
    }

    /** Of the model server. */
    String server() {
        return "http://127.0.0.1:" + server;
    }

    /** A session of its database. */
    Connection database() throws IOException, SQLException {
        return DriverManager.getConnection(
                EmbeddedDatabase.jdbcUrl(database),
                EmbeddedDatabase.NAME,
                EmbeddedDatabase.password(data.resolve("database")));
    }

    /** Of Flink's REST API. */
    String flink() {
        return "http://127.0.0.1:" + flink;
    }

    /** Waits for the symbol's first row; its time. */
    String firstRow(String symbol) throws Exception {
        String newest = server() + "/features/latest?symbol=" + symbol;
        try {
            Until.holds("a row", PATIENCE, () -> status(newest) == 200);
        } catch (AssertionError e) {
            throw new AssertionError("the demo says:\n" + Files.readString(screen), e);
        }
        return get(newest).path("timestamp").asText();
    }

    private int status(String uri) throws InterruptedException {
        try {
            return send(uri).statusCode();
        } catch (IOException notListeningYet) {
            return 0;
        }
    }

    JsonNode get(String uri) throws IOException, InterruptedException {
        return JSON.readTree(send(uri).body());
    }

    /** As an administrator; an empty body asks, another one changes something. */
    JsonNode asAdmin(String path, String key, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server() + path))
                        .timeout(Duration.ofSeconds(30))
                        .header("X-API-Key", key);
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body));
        }
        return JSON.readTree(
                http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body());
    }

    private HttpResponse<String> send(String uri) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(uri)).timeout(Duration.ofSeconds(5)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    int exitValue() {
        return process.exitValue();
    }

    /** As Ctrl-C does; returns when it is gone. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
