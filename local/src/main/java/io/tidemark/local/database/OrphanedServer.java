package io.tidemark.local.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a killed process leaves behind: a running server nobody owns, or a {@code postmaster.pid} of
 * one that is gone and whose number may belong to somebody else by now.
 */
final class OrphanedServer {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private OrphanedServer() {}

    /**
     * Makes the data directory ready for a new server: stops the one that still runs on it (fast:
     * its connections are cut, its data is flushed), removes the pid file of one that does not.
     *
     * @throws IOException when it does not stop within 20 s
     */
    static void stop(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> owner = owner(pidFile, data);
        if (owner.isEmpty()) {
            Files.deleteIfExists(pidFile);
            return;
        }
        stopFast(owner.get());
    }

    private static Optional<ProcessHandle> owner(Path pidFile, Path data) throws IOException {
        String first = Files.readString(pidFile).lines().findFirst().orElse("").strip();
        if (!first.matches("[0-9]{1,10}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(first)).filter(process -> serves(process, data));
    }

    private static boolean serves(ProcessHandle process, Path data) {
        String command = process.info().commandLine().orElse("");
        return command.contains("postgres") && command.contains(data.toString());
    }

    private static void stopFast(ProcessHandle server) throws IOException {
        // SIGTERM would wait for clients to leave; SIGINT is PostgreSQL's fast shutdown.
        new ProcessBuilder("kill", "-INT", Long.toString(server.pid())).inheritIO().start();
        try {
            server.onExit().get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while an earlier PostgreSQL was stopping", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(
                    "a PostgreSQL of an earlier run (process %d) did not stop within %d s"
                            .formatted(server.pid(), STOP_LIMIT.toSeconds()),
                    e);
        }
    }
}
