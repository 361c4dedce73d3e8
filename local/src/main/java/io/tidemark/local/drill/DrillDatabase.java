package io.tidemark.local.drill;

import io.tidemark.local.database.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A PostgreSQL that can be killed and started again on the same data and port. */
final class DrillDatabase implements Teardown.Part {
    private final Path directory;
    private final int port;
    private EmbeddedDatabase server;

    private DrillDatabase(Path directory, int port, EmbeddedDatabase server) {
        this.directory = directory;
        this.port = port;
        this.server = server;
    }

    static DrillDatabase start(Path directory) throws IOException {
        int port = FreePort.find();
        return new DrillDatabase(directory, port, EmbeddedDatabase.start(directory, port));
    }

    int port() {
        return port;
    }

    /** Of one behind that port, without credentials. */
    static String jdbcUrl(int port) {
        return EmbeddedDatabase.jdbcUrl(port);
    }

    String user() {
        return server.user();
    }

    /** Do not log it. */
    String password() {
        return server.password();
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(port), user(), password());
    }

    /** As {@code kill -9} of the postmaster does; returns when it is gone. */
    void kill() throws IOException {
        String pid = Files.readAllLines(directory.resolve("data/postmaster.pid")).get(0).strip();
        ProcessHandle.of(Long.parseLong(pid))
                .ifPresent(
                        postmaster -> {
                            postmaster.destroyForcibly();
                            postmaster.onExit().join();
                        });
        // Its lock on the directory is this process's.
        server.close();
    }

    /** Returns when it takes connections: what was committed is there. */
    void startAgain() throws IOException {
        server = EmbeddedDatabase.start(directory, port);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
