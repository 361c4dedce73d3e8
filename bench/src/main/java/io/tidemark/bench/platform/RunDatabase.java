package io.tidemark.bench.platform;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A database of the run's own: created empty, dropped on close. */
public final class RunDatabase implements AutoCloseable {
    private static final String EVENTS_IN_ROWS =
            """
            SELECT coalesce(sum(event_count), 0)
            FROM feature_row
            WHERE grid_time >= timestamptz 'epoch' + ? * interval '1 microsecond'
              AND grid_time < timestamptz 'epoch' + ? * interval '1 microsecond'
            """;

    private final Services services;
    private final String name;

    private RunDatabase(Services services, String name) {
        this.services = services;
        this.name = name;
    }

    /**
     * Creates it.
     *
     * @param name letters, digits and underscores
     */
    public static RunDatabase create(Services services, String name) throws SQLException {
        if (!name.matches("[a-z][a-z0-9_]{0,40}")) {
            throw new IllegalArgumentException("not a database name: " + name);
        }
        RunDatabase database = new RunDatabase(services, name);
        database.close();
        database.administer("CREATE DATABASE " + name);
        return database;
    }

    /** Its JDBC address. */
    public String url() {
        return services.databaseUrl(name);
    }

    /** A new connection to it. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    /**
     * Events in the rows with T in the stretch of time, as {@code event_count} says.
     *
     * @param fromMicros inclusive, microseconds since the epoch
     * @param toMicros exclusive
     */
    public long eventsInRows(long fromMicros, long toMicros) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement events = connection.prepareStatement(EVENTS_IN_ROWS)) {
            events.setLong(1, fromMicros);
            events.setLong(2, toMicros);
            try (ResultSet result = events.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    private void administer(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(services.postgresUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        administer("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }
}
