package io.tidemark.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL that can be stopped and started again on the same port with the same data. */
public final class TestDatabase implements AutoCloseable {
    private final Path data;
    private final int port = freePort();
    private @Nullable EmbeddedPostgres postgres;

    /** Not started yet. */
    public TestDatabase(Path data) {
        this.data = data;
    }

    /** Started, and with the schema. */
    public static TestDatabase migrated(Path data) {
        TestDatabase database = new TestDatabase(data);
        database.start();
        Flyway.configure().dataSource(database.url(), "postgres", "postgres").load().migrate();
        return database;
    }

    public void start() {
        try {
            if (!Files.exists(data.resolve("PG_VERSION"))) {
                copy(Template.DATA, data);
            }
            postgres =
                    EmbeddedPostgres.builder()
                            .setDataDirectory(data)
                            .setCleanDataDirectory(false)
                            .setPort(port)
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void stop() {
        if (postgres != null) {
            try {
                postgres.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            postgres = null;
        }
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), "postgres", "postgres");
    }

    public void execute(String sql) {
        try (Connection connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The one value a query gives, as text. */
    public String text(String query) {
        try (Connection connection = connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return String.valueOf(row.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    public void register(String version, List<String> names) {
        try (Connection connection = connect();
                var insert =
                        connection.prepareStatement(
                                "INSERT INTO feature_registry_version (version, feature_names,"
                                        + " cadence_micros) VALUES (?, ?, 1000000)")) {
            insert.setString(1, version);
            insert.setArray(2, connection.createArrayOf("text", names.toArray()));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A row with all completeness bits but kline, 7 events, the values as given. */
    public void insert(
            String symbol, String version, Instant gridTime, @Nullable Double... values) {
        try (Connection connection = connect();
                var insert =
                        connection.prepareStatement(
                                "INSERT INTO feature_row (symbol, registry_version, grid_time,"
                                        + " feature_values, completeness, event_count)"
                                        + " VALUES (?, ?, ?, ?, ?, 7)")) {
            insert.setString(1, symbol);
            insert.setString(2, version);
            insert.setObject(3, gridTime.atOffset(ZoneOffset.UTC));
            insert.setArray(4, connection.createArrayOf("float8", values));
            insert.setInt(5, 1 | 2 | 4 | 8 | 32);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** A port that was free a moment ago. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /** A cluster made once per JVM: initdb takes seconds, a copy does not. */
    private static final class Template {
        static final Path DATA = make();

        private static Path make() {
            try {
                Path data = Files.createTempDirectory(Path.of("target"), "postgres-template-");
                EmbeddedPostgres.builder()
                        .setDataDirectory(data)
                        .setCleanDataDirectory(false)
                        .start()
                        .close();
                return data;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
