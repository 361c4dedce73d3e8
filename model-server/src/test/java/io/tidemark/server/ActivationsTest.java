package io.tidemark.server;

import static io.tidemark.server.TestClient.ADMIN;
import static io.tidemark.server.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that are activated by several at once, on two servers over one database. */
final class ActivationsTest {
    private static final int VERSIONS = 4;

    @Test
    void whoeverWasToldItDidIsInTheHistoryAndTheOthersAreToldToLookAgain(
            @TempDir Path data, @TempDir Path models) throws Exception {
        try (TestDatabase database = TestDatabase.migrated(data)) {
            database.register("1.0.0", List.of("mid_price", "spread"));
            for (int i = 0; i < VERSIONS; i++) {
                TestModels.publish(database, models, 1 + i);
            }
            Map<String, String> settings =
                    Map.of("models.directory", models.toString(), "admin.api-key", ADMIN);
            try (ModelServer one = TestClient.start(database, settings);
                    ModelServer other = TestClient.start(database, settings)) {
                List<TestClient> clients = List.of(new TestClient(one), new TestClient(other));
                Map<Long, String> told = new TreeMap<>();
                for (HttpResponse<String> answer : activations(clients)) {
                    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 409);
                    JsonNode body = json(answer);
                    if (answer.statusCode() == 409) {
                        assertThat(body.get("error_code").asText())
                                .isEqualTo("ACTIVATION_CONFLICT");
                        continue;
                    }
                    String version = body.get("version").asText();
                    assertThat(told.put(body.get("activation").asLong(), version))
                            .isIn(null, version);
                }
                Map<Long, String> history = new TreeMap<>();
                JsonNode all = json(clients.get(0).get("/models"));
                for (JsonNode activation : all.get("activations")) {
                    history.put(
                            activation.get("activation").asLong(),
                            activation.get("version").asText());
                }
                assertThat(history).isEqualTo(told);
                assertThat(all.get("active_version").asText())
                        .isEqualTo(history.get((long) history.size()));
            }
        }
    }

    /** Each version six times, half of them by each server. */
    private static List<HttpResponse<String>> activations(List<TestClient> clients)
            throws Exception {
        List<Callable<HttpResponse<String>>> calls = new ArrayList<>();
        for (int i = 0; i < 6 * VERSIONS; i++) {
            TestClient client = clients.get(i / VERSIONS % 2);
            String path = "/models/activate/v" + (1 + i % VERSIONS);
            calls.add(
                    () ->
                            client.asAdmin(
                                    "POST",
                                    path,
                                    "{\"activated_by\":\"anna\",\"activation_reason\":\"a test\"}"));
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<HttpResponse<String>> answers = new ArrayList<>();
        for (var answer : threads.invokeAll(calls)) {
            answers.add(answer.get());
        }
        threads.shutdown();
        return answers;
    }
}
