package io.tidemark.local.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.local.cli.Tidemark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the README's "A first model", pasted as they stand, against a running demo. */
class FirstModelIT {
    private static final String KEY = "some-long-secret";
    private static final int HISTORY_SECONDS = 90;

    @TempDir Path data;

    @Test
    void theReadmesCommandsTrainServeRecordAndRollBack() throws Exception {
        String commands = commands();
        assertThat(commands).contains("export ADMIN_API_KEY=" + KEY);
        RunningDemo demo = RunningDemo.start(data, Map.of("ADMIN_API_KEY", KEY));
        try (demo) {
            Instant first = Instant.parse(demo.firstRow("BTCUSDT"));
            String newest = demo.server() + "/features/latest?symbol=BTCUSDT";
            Until.holds(
                    "some history",
                    Duration.ofSeconds(150),
                    () ->
                            !Instant.parse(demo.get(newest).path("timestamp").asText())
                                    .isBefore(first.plusSeconds(HISTORY_SECONDS)));

            String said = pasted(commands.replace("127.0.0.1:8080", demo.server()), demo);

            assertThat(said).contains("v1 is trained on btcusdt-", "v2 is trained on btcusdt-");
            JsonNode recorded =
                    demo.get(demo.server() + "/predictions/recent?limit=1").at("/predictions/0");
            assertThat(recorded.path("model_version").asText()).isEqualTo("v1");
            assertThat(recorded.path("symbol").asText()).isEqualTo("BTCUSDT");
            assertThat(said)
                    .as("the answer, and its record")
                    .contains("\"request_id\":\"" + recorded.path("request_id").asText() + "\"");
            JsonNode models = demo.get(demo.server() + "/models");
            assertThat(models.path("active_version").asText()).isEqualTo("v1");
            assertThat(models.at("/aliases/previous").asText()).isEqualTo("v2");
            assertThat(models.path("activations").findValuesAsText("version"))
                    .containsExactly("v1", "v2", "v1");
        }
    }

    /** The block after the heading. */
    private static String commands() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        String section = readme.substring(readme.indexOf("## A first model"));
        int begin = section.indexOf("```\n") + 4;
        return section.substring(begin, section.indexOf("```", begin));
    }

    /** What they print, one after the other; fails when one of them does. */
    private static String pasted(String commands, RunningDemo demo)
            throws IOException, InterruptedException {
        String tidemark =
                "bin/tidemark() { '%s' -cp '%s' %s \"$@\" --server %s; }\n"
                        .formatted(
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                System.getProperty("java.class.path"),
                                Tidemark.class.getName(),
                                demo.server());
        Process shell =
                new ProcessBuilder("bash", "-euc", tidemark + commands)
                        .redirectErrorStream(true)
                        .start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(said).isZero();
        return said;
    }
}
