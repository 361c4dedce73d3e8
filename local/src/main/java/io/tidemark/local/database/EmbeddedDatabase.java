package io.tidemark.local.database;

import io.tidemark.local.secret.KeptSecret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;

/**
 * A real PostgreSQL from packaged binaries, listening on one port of 127.0.0.1, with a data
 * directory that lasts: {@code fsync} and {@code synchronous_commit} are on, so what was committed
 * is there after a {@code kill -9} of this JVM, of the server, or of both.
 *
 * <p>One database and one role, {@value #NAME}, with a generated password kept beside the data.
 * Password authentication is set right after the data directory is made; until then (a fraction of
 * a second of the very first start, nothing stored yet) loopback is trusted. Runs as root too.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    /** Name of the database and of its owner. */
    public static final String NAME = "tidemark";

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final String PASSWORD_ONLY =
            """
            # Written by Tidemark: nobody enters without the password.
            host all all 127.0.0.1/32 scram-sha-256
            """;

    private final EmbeddedPostgres server;
    private final String password;

    private EmbeddedDatabase(EmbeddedPostgres server, String password) {
        this.server = server;
        this.password = password;
    }

    /**
     * Starts the server and returns when it accepts connections: under a second on existing data, a
     * few seconds the first time.
     *
     * <p>A server that a killed process left behind on the same data is stopped first.
     *
     * @param dataDir where data, binaries, log and password are kept; made when absent
     * @param port TCP port on 127.0.0.1, free
     * @throws IOException when the server does not start; its log is {@code server.log} in the
     *     directory
     */
    public static EmbeddedDatabase start(Path dataDir, int port) throws IOException {
        Path home = Files.createDirectories(dataDir.toAbsolutePath());
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        String password = KeptSecret.in(home.resolve("password"));
        Path data = home.resolve("data");
        boolean secured = Files.exists(data.resolve("tidemark-secured"));
        OrphanedServer.stop(data);
        try {
            EmbeddedPostgres server = startServer(home, data, port, password);
            EmbeddedDatabase database = new EmbeddedDatabase(server, password);
            if (!secured) {
                database.secure(data);
            }
            return database;
        } catch (IOException | SQLException | IllegalStateException e) {
            throw new IOException(
                    "the embedded PostgreSQL did not start on 127.0.0.1:%d; its log: %s"
                            .formatted(port, home.resolve("server.log")),
                    e);
        }
    }

    /**
     * Stops a server that a killed process left behind on that data; nothing where there is none.
     *
     * @throws IOException when it does not stop
     */
    public static void stopLeftover(Path dataDir) throws IOException {
        OrphanedServer.stop(dataDir.toAbsolutePath().resolve("data"));
    }

    /** The password a server with that data directory has, made when absent. */
    public static String password(Path dataDir) throws IOException {
        return KeptSecret.in(Files.createDirectories(dataDir.toAbsolutePath()).resolve("password"));
    }

    /** JDBC URL of a server on that port, without credentials. */
    public static String jdbcUrl(int port) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, NAME);
    }

    /** JDBC URL without credentials. */
    public String jdbcUrl() {
        return jdbcUrl(server.getPort());
    }

    /** The role that owns the database. */
    public String user() {
        return NAME;
    }

    /** The role's password: do not log it. */
    public String password() {
        return password;
    }

    /** Stops the server; open connections are cut. */
    @Override
    public void close() throws IOException {
        server.close();
    }

    private static EmbeddedPostgres startServer(Path home, Path data, int port, String password)
            throws IOException {
        Redirect log = Redirect.appendTo(home.resolve("server.log").toFile());
        EmbeddedPostgres.Builder builder =
                EmbeddedPostgres.builder()
                        .setDataDirectory(data)
                        .setOverrideWorkingDirectory(home.resolve("binaries").toFile())
                        .setCleanDataDirectory(false)
                        .setRegisterShutdownHook(false)
                        .setPort(port)
                        .setPGStartupWait(START_LIMIT)
                        .setOutputRedirector(log)
                        .setErrorRedirector(log)
                        .setLocaleConfig("locale", "C")
                        .setConnectConfig("password", password);
        SERVER_SETTINGS.forEach(builder::setServerConfig);
        return builder.start();
    }

    private static final Map<String, String> SERVER_SETTINGS =
            Map.of(
                    "fsync", "on",
                    "synchronous_commit", "on",
                    "full_page_writes", "on",
                    "listen_addresses", "127.0.0.1",
                    "unix_socket_directories", "",
                    "shared_buffers", "64MB",
                    "max_connections", "60",
                    "timezone", "UTC");

    private void secure(Path data) throws SQLException, IOException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            // The password is hexadecimal, so it may stand in a literal.
            statement.execute("ALTER ROLE postgres PASSWORD '" + password + "'");
            if (isAbsent(statement, "SELECT 1 FROM pg_roles WHERE rolname = '" + NAME + "'")) {
                statement.execute("CREATE ROLE " + NAME + " LOGIN PASSWORD '" + password + "'");
            }
            if (isAbsent(statement, "SELECT 1 FROM pg_database WHERE datname = '" + NAME + "'")) {
                statement.execute("CREATE DATABASE " + NAME + " OWNER " + NAME);
            }
            Files.writeString(
                    data.resolve("pg_hba.conf"),
                    PASSWORD_ONLY,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING);
            statement.execute("SELECT pg_reload_conf()");
        }
        Files.createFile(data.resolve("tidemark-secured"));
    }

    private static boolean isAbsent(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return !rows.next();
        }
    }
}
