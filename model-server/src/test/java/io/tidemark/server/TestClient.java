package io.tidemark.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.schemas.settings.SettingsReader;
import io.tidemark.schemas.settings.SettingsSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Calls a server as any client does, and as no client should. */
final class TestClient {
    /** The key of the administrator, where a test has one. */
    static final String ADMIN = "canary-admin-key-0123456789";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI server;

    TestClient(ModelServer server) {
        this.server = server.uri();
    }

    /** A server on any free port, over the defaults. */
    static ModelServer start(TestDatabase database, Map<String, String> more) {
        Map<String, String> flags = new HashMap<>();
        flags.put("server.port", "0");
        flags.put("serving-store.url", database.url());
        flags.put("serving-store.user", "postgres");
        flags.put("serving-store.password", "postgres");
        flags.put("serving-store.connect-timeout", "500ms");
        flags.putAll(more);
        SettingsReader reader = new SettingsReader(SettingsSource.builder().flags(flags).build());
        ServerSettings settings = ServerSettings.read(reader);
        reader.throwIfInvalid();
        return ModelServer.start(settings);
    }

    /**
     * What a server is told that trains on the datasets of a folder and keeps its models there; its
     * administrator has {@link #ADMIN}.
     */
    static Map<String, String> training(Path files) {
        return Map.of(
                "admin.api-key",
                ADMIN,
                "models.directory",
                files.resolve("models").toString(),
                "archive.root",
                files.toString());
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, HttpRequest.BodyPublishers.noBody(), headers);
    }

    HttpResponse<String> send(
            String method, String path, HttpRequest.BodyPublisher body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server + path))
                        .timeout(Duration.ofSeconds(30))
                        .method(method, body);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** By the administrator, with a body of JSON or, when it is empty, none. */
    HttpResponse<String> asAdmin(String method, String path, String body) {
        return send(
                method,
                path,
                body.isEmpty()
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body),
                "Content-Type",
                "application/json",
                "X-API-Key",
                ADMIN);
    }

    /** Trains, and the status when that ended. */
    JsonNode trained(String body) {
        HttpResponse<String> begun = asAdmin("POST", "/admin/train", body);
        if (begun.statusCode() != 202) {
            throw new AssertionError("not begun: " + begun.body());
        }
        return trainingEnded();
    }

    /** The status of the training under way, when it has ended. */
    JsonNode trainingEnded() {
        JsonNode[] status = new JsonNode[1];
        eventually(
                "the training ends",
                () -> {
                    status[0] = json(asAdmin("GET", "/admin/train/status", ""));
                    return !status[0].at("/training/state").asText().equals("running");
                });
        return status[0];
    }

    /** What the server says to exactly these bytes, until it closes the connection. */
    String raw(String request) {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(HttpResponse<String> response) {
        return json(response.body());
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    /** Asks again until it holds; fails after half a minute. */
    static void eventually(String what, BooleanSupplier holds) {
        Instant end = Instant.now().plusSeconds(30);
        while (!holds.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("did not happen within 30 s: " + what);
            }
            LockSupport.parkNanos(50_000_000);
        }
    }
}
