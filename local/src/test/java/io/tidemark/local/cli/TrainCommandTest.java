package io.tidemark.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.server.ModelServer;
import io.tidemark.server.ServerMain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real server; its database is not needed to refuse a dataset. */
final class TrainCommandTest {
    private static final String KEY = "canary-admin-key-0123456789";

    @TempDir Path files;
    private ModelServer server;
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    @BeforeEach
    void start() {
        server =
                ModelServer.start(
                        ServerMain.settings(
                                List.of(
                                        "--server.port",
                                        "0",
                                        "--serving-store.url",
                                        "jdbc:postgresql://127.0.0.1:1/none",
                                        "--archive.root",
                                        files.toString(),
                                        "--models.directory",
                                        files.resolve("models").toString()),
                                Map.of("ADMIN_API_KEY", KEY)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void saysWhyATrainingFailed() throws Exception {
        assertThat(command().train(Map.of("ADMIN_API_KEY", KEY), out())).isEqualTo(Tidemark.FAILED);
        assertThat(screen.toString(StandardCharsets.UTF_8))
                .contains("training failed: there is no dataset d-1");
    }

    @Test
    void saysThatItNeedsAKeyAndThatTheKeyIsWrong() {
        assertThatThrownBy(() -> command().train(Map.of(), out()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("set ADMIN_API_KEY");
        assertThatThrownBy(() -> command().train(Map.of("ADMIN_API_KEY", "wrong"), out()))
                .hasMessageContaining("the server answers 401");
    }

    private TrainCommand command() {
        TrainCommand command = new TrainCommand();
        command.rows.dataset = "d-1";
        command.algorithm = "ridge";
        command.seed = 1;
        command.server = server.uri();
        return command;
    }

    private PrintStream out() {
        return new PrintStream(screen, true, StandardCharsets.UTF_8);
    }
}
