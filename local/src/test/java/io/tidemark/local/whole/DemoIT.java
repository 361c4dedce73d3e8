package io.tidemark.local.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first command as a process of its own, on its embedded parts. */
class DemoIT {
    @TempDir Path data;

    @Test
    void servesFreshRowsAndItsJobIsNeverStartedOver() throws Exception {
        RunningDemo demo = RunningDemo.start(data, Map.of());
        try (demo) {
            String newest = demo.server() + "/features/latest?symbol=BTCUSDT";
            String first = demo.firstRow("BTCUSDT");
            // Queues fall silent and are asked about within the first seconds.
            Until.holds(
                    "rows of 20 s more",
                    Duration.ofSeconds(90),
                    () ->
                            demo.get(newest)
                                            .path("timestamp")
                                            .asText()
                                            .compareTo(
                                                    Instant.parse(first).plusSeconds(20).toString())
                                    >= 0);
            String ui = demo.flink();
            JsonNode job = demo.get(ui + "/jobs/overview").path("jobs").path(0);
            assertThat(job.path("state").asText()).isEqualTo("RUNNING");
            JsonNode failures = demo.get(ui + "/jobs/" + job.path("jid").asText() + "/exceptions");
            assertThat(failures.path("exceptionHistory").path("entries"))
                    .as(failures.toString())
                    .isEmpty();
        }
        assertThat(demo.exitValue()).as("stopped in order").isIn(0, 143);
    }
}
