package io.tidemark.local.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidemark.local.cli.Tidemark;
import io.tidemark.local.testdata.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first command as a process of its own, on its embedded parts. */
class DemoIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir Path data;
    @TempDir Path logs;
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void servesFreshRowsAndItsJobIsNeverStartedOver() throws Exception {
        int flink = FreePort.find();
        int server = FreePort.find();
        Process demo = start(flink, server);
        try {
            String newest = "http://127.0.0.1:" + server + "/features/latest?symbol=BTCUSDT";
            Until.holds("a row", Duration.ofSeconds(90), () -> status(newest) == 200);
            String first = get(newest).path("timestamp").asText();
            // Queues fall silent and are asked about within the first seconds.
            Until.holds(
                    "rows of 20 s more",
                    Duration.ofSeconds(90),
                    () ->
                            get(newest)
                                            .path("timestamp")
                                            .asText()
                                            .compareTo(
                                                    Instant.parse(first).plusSeconds(20).toString())
                                    >= 0);
            String ui = "http://127.0.0.1:" + flink;
            JsonNode job = get(ui + "/jobs/overview").path("jobs").path(0);
            assertThat(job.path("state").asText()).isEqualTo("RUNNING");
            JsonNode failures = get(ui + "/jobs/" + job.path("jid").asText() + "/exceptions");
            assertThat(failures.path("exceptionHistory").path("entries"))
                    .as(failures.toString())
                    .isEmpty();
        } finally {
            demo.destroy();
            if (!demo.waitFor(40, TimeUnit.SECONDS)) {
                demo.destroyForcibly().waitFor();
            }
        }
        assertThat(demo.exitValue()).as("stopped in order").isIn(0, 143);
    }

    private Process start(int flink, int server) throws IOException {
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
                        Integer.toString(FreePort.find()),
                        "--flink-port",
                        Integer.toString(flink),
                        "--server-port",
                        Integer.toString(server));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(logs.resolve("demo.log").toFile())
                .start();
    }

    private int status(String uri) throws InterruptedException {
        try {
            return send(uri).statusCode();
        } catch (IOException notListeningYet) {
            return 0;
        }
    }

    private JsonNode get(String uri) throws IOException, InterruptedException {
        return JSON.readTree(send(uri).body());
    }

    private HttpResponse<String> send(String uri) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(uri)).timeout(Duration.ofSeconds(5)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
