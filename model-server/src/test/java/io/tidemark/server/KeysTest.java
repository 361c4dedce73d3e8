package io.tidemark.server;

import static io.tidemark.server.TestClient.eventually;
import static io.tidemark.server.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.schemas.settings.InvalidSettingsException;
import io.tidemark.server.model.Sha256;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that come and go while the server runs, and how often one may call. */
final class KeysTest {
    private static final String OLD = "canary-old-0123456789";
    private static final String NEW = "canary-new-0123456789";

    @TempDir Path data;
    @TempDir Path files;

    @Test
    void keysAreRotatedWithoutARestart() throws IOException {
        Path keys = files.resolve("keys");
        write(keys, "# comment\n\nread " + hash(OLD) + " the desk\n");
        try (TestDatabase database = TestDatabase.migrated(data);
                ModelServer server =
                        TestClient.start(
                                database,
                                Map.of(
                                        "server.keys-file",
                                        keys.toString(),
                                        "admin.api-key",
                                        "canary-admin"))) {
            TestClient client = new TestClient(server);
            assertThat(read(client, OLD)).isEqualTo(200);
            assertThat(read(client, NEW)).isEqualTo(401);
            assertThat(train(client, OLD)).isEqualTo(403);
            assertThat(client.get("/models").statusCode()).isEqualTo(401);

            write(keys, "read " + hash(OLD) + "\nadmin " + hash(NEW) + "\n");
            eventually("the new key counts", () -> read(client, NEW) == 200);
            assertThat(train(client, NEW)).isEqualTo(200);
            assertThat(read(client, OLD)).as("both count while keys are changed").isEqualTo(200);

            write(keys, "admin " + hash(NEW) + "\n");
            eventually("the old key counts no more", () -> read(client, OLD) == 401);

            write(keys, "admin of-no-use " + NEW + "\n");
            assertThat(read(client, NEW)).as("a broken file changes nothing").isEqualTo(200);
            Files.delete(keys);
            assertThat(read(client, NEW)).isEqualTo(200);
            assertThat(read(client, "canary-admin")).isEqualTo(200);

            write(keys, "");
            eventually("no key of the file counts", () -> read(client, NEW) == 401);
            assertThat(client.get("/models").statusCode())
                    .as("taking the last key out opens nothing")
                    .isEqualTo(401);
        }
    }

    @Test
    void aFileThatCannotBeUsedIsTold() throws IOException {
        Path keys = files.resolve("keys");
        assertThatThrownBy(() -> settings(keys))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("server.keys-file cannot be read");
        write(keys, "read " + hash(OLD) + "\nread " + OLD + "\n");
        assertThatThrownBy(() -> settings(keys))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("line 2 of server.keys-file")
                .hasMessageNotContaining("canary");
    }

    /** Nobody writes into it: who waited for it would wait for ever. */
    @Test
    void aPipeIsNoKeysFileAtTheStartOrLater() throws Exception {
        Path pipe = files.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        assertThatThrownBy(() -> settings(pipe))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("server.keys-file cannot be read");

        Path keys = files.resolve("keys");
        write(keys, "read " + hash(OLD) + "\n");
        try (TestDatabase database = TestDatabase.migrated(data);
                ModelServer server =
                        TestClient.start(database, Map.of("server.keys-file", keys.toString()))) {
            TestClient client = new TestClient(server);
            assertThat(read(client, OLD)).isEqualTo(200);
            Files.move(pipe, keys, StandardCopyOption.REPLACE_EXISTING);
            for (int i = 0; i < 15; i++) {
                assertThat(read(client, OLD)).as("the keys before count").isEqualTo(200);
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    private static void settings(Path keys) {
        var unused = ServerMain.settings(List.of("--server.keys-file=" + keys), Map.of());
    }

    @Test
    void aCallerThatCallsTooOftenIsToldToWait() throws IOException {
        Path keys = files.resolve("keys");
        write(keys, "read " + hash(OLD) + "\nread " + hash(NEW) + "\n");
        try (TestDatabase database = TestDatabase.migrated(data);
                ModelServer server =
                        TestClient.start(
                                database,
                                Map.of(
                                        "server.keys-file",
                                        keys.toString(),
                                        "server.rate-limit",
                                        "2"))) {
            TestClient client = new TestClient(server);
            eventually("too often", () -> read(client, OLD) == 429);
            HttpResponse<String> refused = forwarded(client, 0);
            for (int i = 1; i < 20 && refused.statusCode() != 429; i++) {
                refused = forwarded(client, i);
            }
            assertThat(refused.statusCode())
                    .as("an address somebody names is not looked at")
                    .isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).contains("1");
            assertThat(json(refused).get("error_code").asText()).isEqualTo("TOO_MANY_REQUESTS");
            assertThat(read(client, NEW)).as("another key").isEqualTo(200);
            eventually("wrong keys are counted by address", () -> read(client, "x") == 429);
            for (int i = 0; i < 10; i++) {
                assertThat(client.get("/health").statusCode()).as("probes").isEqualTo(200);
            }
            eventually("after a while", () -> read(client, OLD) == 200);
        }
    }

    private static HttpResponse<String> forwarded(TestClient client, int host) {
        return client.get("/models", "X-API-Key", OLD, "X-Forwarded-For", "10.0.0." + host);
    }

    private static int read(TestClient client, String key) {
        return client.get("/models", "X-API-Key", key).statusCode();
    }

    private static int train(TestClient client, String key) {
        return client.get("/admin/train/status", "X-API-Key", key).statusCode();
    }

    private static String hash(String key) {
        return Sha256.of(key.getBytes(StandardCharsets.UTF_8));
    }

    /** As an editor or a secret's volume does: by renaming. */
    private static void write(Path keys, String text) throws IOException {
        Path beside = keys.resolveSibling("beside");
        Files.writeString(beside, text);
        Files.move(beside, keys, StandardCopyOption.REPLACE_EXISTING);
    }
}
