package io.tidemark.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process: exit codes, log lines, SIGTERM. */
final class ServerMainIT {
    @TempDir private Path data;
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void leaveNothingRunning() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void logsOneJsonLinePerRequestAndStopsCleanly() throws Exception {
        try (TestDatabase database = TestDatabase.migrated(data)) {
            Process server =
                    run(
                            Map.of(
                                    "TIDEMARK_SERVING_STORE_PASSWORD",
                                    "canary",
                                    "ADMIN_API_KEY",
                                    "canary-admin-key-0123456789"),
                            "--server.port=0",
                            "--serving-store.url=" + database.url(),
                            "--serving-store.user=postgres");
            List<JsonNode> log = new ArrayList<>();
            try (BufferedReader lines = server.inputReader(StandardCharsets.UTF_8)) {
                JsonNode listens = next(lines, log, "model server listens on");
                String message = listens.get("message").asText();
                int port = Integer.parseInt(message.substring(message.lastIndexOf(':') + 1));
                request(port, "/features/latest?symbol=canary%0d%0aX");
                JsonNode line = next(lines, log, "request").get("context");
                assertThat(line.get("request_id").asText()).isEqualTo("test-1");
                assertThat(line.get("path").asText()).isEqualTo("/features/latest");
                assertThat(line.get("status").asText()).isEqualTo("400");
                assertThat(line.get("method").asText()).isEqualTo("GET");
                request(port, "/x%0d%0a%1b%5b31mY");
                assertThat(next(lines, log, "request").get("context").get("status").asText())
                        .isIn("400", "404");
                request(port, "/admin/train/status?api_key=canary");
                assertThat(next(lines, log, "request").get("context").get("status").asText())
                        .isEqualTo("401");
                server.toHandle().destroy();
                next(lines, log, "model server stopped");
            }
            assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(log.toString()).doesNotContain("canary");
        }
    }

    @Test
    void tellsEveryMistakeInItsSettingsAndExitsWith78() throws Exception {
        Process server =
                run(
                        Map.of("TIDEMARK_SERVER_PROT", "80"),
                        "--server.port=-1",
                        "--broker.uri=http://user:canary@host");
        String told = new String(server.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(server.waitFor()).isEqualTo(78);
        assertThat(told)
                .contains(
                        "server.port: must be a whole number from 0 to 65535, got '-1'",
                        "broker.uri: must be a URI beginning with amqp: or amqps:",
                        "TIDEMARK_SERVER_PROT is not a setting (environment); nearest is"
                                + " TIDEMARK_SERVER_PORT")
                .doesNotContain("canary", "\tat ");
    }

    @Test
    void saysThatThePortIsTakenAndExitsWith1() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            Process server =
                    run(Map.of(), "--server.port=" + taken.getLocalPort(), "--server.host=0.0.0.0");
            String told =
                    new String(server.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(server.waitFor()).isEqualTo(1);
            assertThat(told).contains("is taken").doesNotContain("\tat ");
        }
    }

    private Process run(Map<String, String> environment, String... args) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                ServerMain.class.getName()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private static JsonNode next(BufferedReader lines, List<JsonNode> log, String message)
            throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            JsonNode json = TestClient.json(line);
            log.add(json);
            if (json.get("message").asText().startsWith(message)) {
                return json;
            }
        }
        throw new AssertionError("no line '" + message + "' in " + log);
    }

    private static void request(int port, String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request =
                    "GET "
                            + path
                            + " HTTP/1.1\r\nHost: x\r\nX-Request-ID: test-1\r\nConnection: close\r\n"
                            + "X-API-Key: canary-of-somebody\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        }
    }
}
