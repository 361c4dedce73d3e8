package io.tidemark.local.whole;

import static java.util.Objects.requireNonNull;

import io.tidemark.local.cli.Tidemark;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process is killed in the middle of publishing, several times: no accepted message is missing
 * from the archive or in it twice, and the rows and what is reported of their drift are those of an
 * undisturbed run.
 */
class KilledProcessIT {
    private static final int KILLS = 3;
    private static final long SEED = 20261121;

    @TempDir Path data;
    private RealParts parts;
    private @Nullable Process process;

    @BeforeEach
    void connect() throws Exception {
        parts = RealParts.orSkip();
    }

    @AfterEach
    void close() throws Exception {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
        if (parts != null) {
            parts.close();
        }
    }

    @Test
    void nothingIsLostNothingIsTwiceAndTheRowsAreTheSame() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        WatchedMarket watched = WatchedMarket.begin(parts, 600, SEED);
        process = start();
        Until.holds("the job", Duration.ofSeconds(90), parts::hasRegistry);
        SimulatedLoad load = SimulatedLoad.start(parts.connection(), 600, SEED);
        watched.awaitReports();
        for (int kill = 0; kill < KILLS; kill++) {
            Thread.sleep(random.nextLong(3_000, 7_000));
            requireNonNull(process).destroyForcibly().waitFor();
            Thread.sleep(random.nextLong(200, 2_000));
            process = start();
            long before = parts.rows();
            try {
                Until.holds(
                        "rows after kill " + kill,
                        Duration.ofSeconds(90),
                        () -> parts.rows() > before);
            } catch (AssertionError e) {
                throw new AssertionError(e.getMessage() + "\n" + whatItDoes(), e);
            }
        }
        Thread.sleep(3_000);
        Balance.holds(load.stop(), new Archive(data.resolve("archive")), parts.databaseUrl());
        watched.awaitMessages();
        requireNonNull(process).destroyForcibly().waitFor();
        watched.holds(Balance.served(parts.databaseUrl()));
    }

    /** The end of its log and what its threads are at, for who reads the failure. */
    private String whatItDoes() throws IOException, InterruptedException {
        List<String> log = Files.readAllLines(data.resolve("out.log"));
        Process dump =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                Long.toString(requireNonNull(process).pid()),
                                "Thread.print")
                        .redirectErrorStream(true)
                        .start();
        String threads = new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        dump.waitFor();
        return String.join("\n", log.subList(Math.max(0, log.size() - 60), log.size()))
                + "\n"
                + threads;
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
        command.add("--add-opens=java.base/java.util=ALL-UNNAMED");
        command.add("-Xmx768m");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Tidemark.class.getName());
        command.addAll(List.of("run", "--data-dir", data.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> settings = parts.settings(data);
        settings.put("demo.flink-port", Integer.toString(freePort()));
        settings.put("demo.checkpoint-interval", "1s");
        settings.put("source.lateness", "1s");
        settings.forEach(
                (key, value) ->
                        builder.environment()
                                .put(
                                        "TIDEMARK_"
                                                + key.toUpperCase(Locale.ROOT)
                                                        .replace('.', '_')
                                                        .replace('-', '_'),
                                        value));
        builder.environment().remove("TIDEMARK_TEST_AMQP_URI");
        builder.environment().remove("TIDEMARK_TEST_POSTGRES_URL");
        builder.redirectErrorStream(true);
        builder.redirectOutput(
                ProcessBuilder.Redirect.appendTo(
                        Files.createDirectories(data).resolve("out.log").toFile()));
        return builder.start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
