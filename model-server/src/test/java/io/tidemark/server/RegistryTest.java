package io.tidemark.server;

import static io.tidemark.server.TestClient.ADMIN;
import static io.tidemark.server.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.schemas.registry.BuiltInRegistries;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Versions of the feature registry over HTTP, on a real database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RegistryTest {
    private static final String ONE = BuiltInRegistries.yaml("1.0.0");

    private TestDatabase database;
    private ModelServer server;
    private TestClient client;
    private Path file;

    @BeforeAll
    void start(@TempDir Path data, @TempDir Path files) throws Exception {
        database = TestDatabase.migrated(data);
        file = files.resolve("registry.yaml");
        Files.writeString(file, version("5.0.0"));
        server =
                TestClient.start(
                        database, Map.of("admin.api-key", ADMIN, "registry.path", file.toString()));
        client = new TestClient(server);
    }

    @AfterAll
    void stop() {
        server.close();
        database.close();
    }

    @BeforeEach
    void empty() {
        database.execute("TRUNCATE feature_registry_version, feature_row CASCADE");
    }

    @Test
    void aVersionIsRegisteredActivatedAndTold() {
        assertThat(client.get("/feature-registry").statusCode()).isEqualTo(404);
        HttpResponse<String> added = add(ONE);
        assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
        assertThat(json(added).get("definition").asText()).isEqualTo(ONE);
        assertThat(add(ONE).statusCode()).isEqualTo(200);

        JsonNode first = json(activate("1.0.0", ""));
        assertThat(first.get("activation").asInt()).isEqualTo(1);
        assertThat(first.get("outcome").asText()).isEqualTo("pending");
        database.execute(
                "INSERT INTO feature_registry_effect (activation, outcome, effective_from,"
                        + " decided_by) VALUES (1, 'switched', '2025-12-07T12:00:00Z',"
                        + " gen_random_uuid())");

        JsonNode active = json(client.get("/feature-registry"));
        assertThat(active.get("version").asText()).isEqualTo("1.0.0");
        assertThat(active.get("activated_by").asText()).isEqualTo("anna");
        assertThat(active.get("outcome").asText()).isEqualTo("switched");
        assertThat(active.get("effective_from").asText()).isEqualTo("2025-12-07T12:00:00Z");
        assertThat(active.get("features")).hasSize(29);
        JsonNode again = json(activate("1.0.0", ""));
        assertThat(again.get("activation").asInt()).as("nothing to do").isEqualTo(1);
    }

    @Test
    void aBreakingChangeMustBeAcknowledgedAndAWindowIsAWarning() {
        add(ONE);
        activate("1.0.0", "");
        String next = version("1.1.0").replace("name: trade_count_3s", "name: trade_count_now");
        assertThat(add(next.replaceFirst("lookback_window: 15s", "lookback_window: 16s")).body())
                .contains("\"1.1.0\"");

        HttpResponse<String> refused = activate("1.1.0", "");
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(409);
        assertThat(json(refused).get("error_code").asText()).isEqualTo("BREAKING_CHANGES");
        assertThat(json(refused).get("breaking_changes").toString())
                .isEqualTo("[\"feature 'trade_count_3s' is removed\"]");
        assertThat(json(refused).get("compatibility_warnings")).hasSize(1);
        assertThat(activeVersion()).isEqualTo("1.0.0");

        JsonNode done = json(activate("1.1.0", ",\"acknowledge_breaking_changes\":true"));
        assertThat(done.get("previous_version").asText()).isEqualTo("1.0.0");
        assertThat(done.get("breaking_changes")).hasSize(1);
        assertThat(activeVersion()).isEqualTo("1.1.0");

        JsonNode back = json(client.asAdmin("POST", "/feature-registry/rollback", WHO + "}"));
        assertThat(back.get("version").asText()).isEqualTo("1.0.0");
        assertThat(back.get("activation").asInt()).isEqualTo(3);
        JsonNode usage = json(client.get("/feature-registry/versions/1.0.0/usage"));
        assertThat(usage.get("usage_count").asInt()).isEqualTo(2);
        assertThat(usage.get("activations")).hasSize(2);
    }

    @Test
    void aBadDefinitionIsRefusedWithItsLinesAndChangesNothing() {
        add(ONE);
        activate("1.0.0", "");
        String bad = version("1.2.0").replaceFirst("function: vwap", "function: wap");

        HttpResponse<String> refused = add(bad);

        assertThat(refused.statusCode()).isEqualTo(422);
        JsonNode error = json(refused).get("errors").get(0);
        int line = error.get("line").asInt();
        assertThat(bad.lines().toList().get(line - 1)).contains("function: wap");
        assertThat(error.get("pointer").asText()).isEqualTo("/definition");
        assertThat(json(client.get("/feature-registry/versions")).get("versions")).hasSize(1);
        assertThat(activate("1.2.0", "").statusCode()).isEqualTo(404);
        assertThat(add(ONE + "# changed").statusCode()).isEqualTo(409);
        assertThat(activeVersion()).isEqualTo("1.0.0");
    }

    @Test
    void aVersionThisBuildCannotComputeIsNotActivated() {
        add(ONE);
        activate("1.0.0", "");
        database.register("7.0.0", List.of("a"));
        database.execute(
                "UPDATE feature_registry_version SET definition = 'version: 7.0.0'"
                        + " WHERE version = '7.0.0'");

        assertThat(activate("7.0.0", "").statusCode()).isEqualTo(422);
        assertThat(activeVersion()).isEqualTo("1.0.0");
        JsonNode validated = json(client.get("/feature-registry/validate?version=7.0.0"));
        assertThat(validated.get("valid").asBoolean()).isFalse();
        assertThat(validated.get("errors")).isNotEmpty();
    }

    @Test
    void onlyAVersionThatWasNeverUsedIsDeleted() {
        add(ONE);
        activate("1.0.0", "");
        add(version("1.3.0"));
        add(version("1.4.0"));
        database.insert("BTCUSDT", "1.4.0", Instant.now(), 1.0);

        assertThat(client.asAdmin("DELETE", "/feature-registry/versions/1.0.0", "").statusCode())
                .isEqualTo(409);
        assertThat(client.asAdmin("DELETE", "/feature-registry/versions/1.4.0", "").statusCode())
                .isEqualTo(409);
        assertThat(client.asAdmin("DELETE", "/feature-registry/versions/1.3.0", "").statusCode())
                .isEqualTo(200);
        assertThat(client.get("/feature-registry/versions/1.3.0").statusCode()).isEqualTo(404);
    }

    @Test
    void aReloadTakesUpTheBuiltInOnesAndTheFileAndActivatesNothing() throws Exception {
        JsonNode reloaded = json(client.asAdmin("POST", "/feature-registry/reload", ""));
        assertThat(reloaded.get("registered").toString())
                .isEqualTo("[\"5.0.0\",\"1.0.0\",\"2.0.0\"]");
        assertThat(reloaded.get("file_version").asText()).isEqualTo("5.0.0");
        assertThat(reloaded.has("active_version")).isFalse();
        assertThat(json(client.asAdmin("POST", "/feature-registry/reload", "")).get("registered"))
                .isEmpty();

        Files.writeString(file, version("5.0.0").replaceFirst("function: vwap", "function: wap"));
        assertThat(client.asAdmin("POST", "/feature-registry/reload", "").statusCode())
                .isEqualTo(422);
        Files.writeString(file, version("5.0.0"));
    }

    @Test
    void aPipeInTheFilesPlaceIsNotWaitedFor() throws Exception {
        Path kept = Files.move(file, file.resolveSibling("kept"));
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
        HttpResponse<String> refused = client.asAdmin("POST", "/feature-registry/reload", "");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(json(refused).get("detail").asText())
                .isEqualTo("the file of registry.path cannot be read");
        Files.move(kept, file, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void ofManyThatActivateAtOnceTheHistoryHasEachThatWasToldItDid() throws Exception {
        List<String> versions = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            versions.add("6.0." + i);
            assertThat(add(version("6.0." + i)).statusCode()).isEqualTo(201);
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            String wanted = versions.get(i % 4);
            calls.add(() -> activate(wanted, "").statusCode());
        }
        int done = 0;
        for (var answer : threads.invokeAll(calls)) {
            assertThat(answer.get()).isIn(200, 409);
            done += answer.get() == 200 ? 1 : 0;
        }
        threads.shutdown();

        int activations = 0;
        for (String version : versions) {
            activations +=
                    json(client.get("/feature-registry/versions/" + version))
                            .get("usage_count")
                            .asInt();
        }
        assertThat(activations).isBetween(1, done);
        assertThat(json(client.get("/feature-registry")).get("activation").asInt())
                .as("numbers are consecutive")
                .isEqualTo(activations);
    }

    private static final String WHO = "{\"activated_by\":\"anna\",\"activation_reason\":\"a test\"";

    private String activeVersion() {
        return json(client.get("/feature-registry")).get("version").asText();
    }

    private HttpResponse<String> activate(String version, String more) {
        return client.asAdmin(
                "POST", "/feature-registry/versions/" + version + "/activate", WHO + more + "}");
    }

    private HttpResponse<String> add(String yaml) {
        return client.asAdmin(
                "POST",
                "/feature-registry/versions",
                new ObjectMapper().createObjectNode().put("definition", yaml).toString());
    }

    private static String version(String version) {
        return ONE.replaceFirst("version: \"?1\\.0\\.0\"?", "version: \"" + version + "\"");
    }
}
