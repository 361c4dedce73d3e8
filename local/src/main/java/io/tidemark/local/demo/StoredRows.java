package io.tidemark.local.demo;

import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the newest row of every symbol from the serving store. Used by one thread. */
final class StoredRows implements AutoCloseable {
    /** Rows over which events per second are averaged. */
    static final int RATE_ROWS = 5;

    private static final String NEWEST =
            """
            SELECT s.symbol, n.grid_time, n.lag_ms, n.feature_values, e.events
            FROM unnest(?::text[]) WITH ORDINALITY AS s (symbol, place)
            CROSS JOIN LATERAL (
                SELECT grid_time,
                       extract(epoch FROM stored_at - grid_time) * 1000 AS lag_ms,
                       feature_values
                FROM feature_row
                WHERE symbol = s.symbol AND registry_version = ?
                ORDER BY grid_time DESC
                LIMIT 1
            ) n
            CROSS JOIN LATERAL (
                SELECT sum(event_count) AS events
                FROM (
                    SELECT event_count
                    FROM feature_row
                    WHERE symbol = s.symbol AND registry_version = ?
                    ORDER BY grid_time DESC
                    LIMIT %d
                ) newest
            ) e
            ORDER BY s.place
            """
                    .formatted(RATE_ROWS);

    private final String url;
    private final String user;
    private final String password;
    private final List<String> symbols;
    private final String registryVersion;
    private final List<String> featureNames;
    private final double cadenceSeconds;
    private @Nullable Connection connection;

    StoredRows(
            String url,
            String user,
            String password,
            List<String> symbols,
            String registryVersion,
            List<String> featureNames,
            double cadenceSeconds) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.symbols = symbols;
        this.registryVersion = registryVersion;
        this.featureNames = featureNames;
        this.cadenceSeconds = cadenceSeconds;
    }

    /** One view per symbol that has a row, in the order of the symbols. */
    List<RowView> newest() throws SQLException {
        List<RowView> views = new ArrayList<>();
        try (PreparedStatement statement = connection().prepareStatement(NEWEST)) {
            statement.setArray(1, connection().createArrayOf("text", symbols.toArray()));
            statement.setString(2, registryVersion);
            statement.setString(3, registryVersion);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    views.add(view(rows));
                }
            }
        }
        return views;
    }

    private Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null || !open.isValid(2)) {
            open = DriverManager.getConnection(url, user, password);
            connection = open;
        }
        return open;
    }

    private RowView view(ResultSet row) throws SQLException {
        Array array = row.getArray("feature_values");
        Double[] values = (Double[]) array.getArray();
        return new RowView(
                row.getString("symbol"),
                row.getTimestamp("grid_time").toInstant(),
                row.getDouble("lag_ms"),
                row.getDouble("events") / (RATE_ROWS * cadenceSeconds),
                value(values, "mid_price"),
                value(values, "spread_rel"),
                value(values, "returns_1m"),
                value(values, "volatility_1m"),
                value(values, "volume_15s"));
    }

    private double value(@Nullable Double[] values, String name) {
        int index = featureNames.indexOf(name);
        Double value = index < 0 || index >= values.length ? null : values[index];
        return value == null ? Double.NaN : value;
    }

    @Override
    public void close() throws SQLException {
        if (connection != null) {
            connection.close();
        }
    }
}
