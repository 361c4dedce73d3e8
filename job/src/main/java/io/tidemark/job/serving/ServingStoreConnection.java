package io.tidemark.job.serving;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.schemas.event.EventHeader;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * One connection to the serving store and every statement the job sends over it. Schema: {@code
 * db/migration/V001}. For one thread; after an {@link SQLException} only {@link #close} is useful.
 */
final class ServingStoreConnection implements AutoCloseable {
    private static final String REGISTER =
            """
            INSERT INTO feature_registry_version (version, feature_names, cadence_micros)
            VALUES (?, ?, ?)
            ON CONFLICT (version) DO NOTHING
            """;

    private static final String REGISTERED =
            """
            SELECT feature_names, cadence_micros
            FROM feature_registry_version
            WHERE version = ?
            """;

    private static final String UPSERT =
            """
            INSERT INTO feature_row (symbol, registry_version, grid_time, feature_values,
                                     completeness, event_count, max_event_time)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (symbol, registry_version, grid_time) DO UPDATE
            SET feature_values = EXCLUDED.feature_values,
                completeness = EXCLUDED.completeness,
                event_count = EXCLUDED.event_count,
                max_event_time = EXCLUDED.max_event_time,
                stored_at = EXCLUDED.stored_at
            """;

    private final Connection connection;
    private final PreparedStatement upsert;

    private ServingStoreConnection(Connection connection, PreparedStatement upsert) {
        this.connection = connection;
        this.upsert = upsert;
    }

    /**
     * Connects and makes the version known; leaves no connection behind when either fails.
     *
     * @throws IllegalStateException when the store knows the version with other features or another
     *     cadence: its rows would be read wrongly
     */
    static ServingStoreConnection open(
            ServingStoreSettings settings, String applicationName, RegistryVersion version)
            throws SQLException {
        // Not through DriverManager: it sees a driver in the job's jar only if nobody on the
        // cluster
        // has used it before.
        @Nullable Connection connection =
                new Driver().connect(settings.jdbcUrl(), properties(settings, applicationName));
        if (connection == null) {
            throw new IllegalArgumentException("not a PostgreSQL URL: " + settings);
        }
        try {
            register(connection, version);
            return new ServingStoreConnection(connection, connection.prepareStatement(UPSERT));
        } catch (SQLException | IllegalStateException e) {
            connection.close();
            throw e;
        }
    }

    private static Properties properties(ServingStoreSettings settings, String applicationName) {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, settings.user());
        PGProperty.PASSWORD.set(properties, settings.password());
        PGProperty.CONNECT_TIMEOUT.set(
                properties, wholeSeconds(settings.connectTimeout().toMillis()));
        PGProperty.LOGIN_TIMEOUT.set(
                properties, wholeSeconds(settings.connectTimeout().toMillis()));
        PGProperty.SOCKET_TIMEOUT.set(
                properties, wholeSeconds(settings.socketTimeout().toMillis()));
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.APPLICATION_NAME.set(properties, applicationName);
        // A batch becomes a few statements of many rows, sent together: one round trip.
        PGProperty.REWRITE_BATCHED_INSERTS.set(properties, true);
        // Doubles as their eight bytes from the first execution on, not as text.
        PGProperty.BINARY_TRANSFER.set(properties, true);
        return properties;
    }

    private static int wholeSeconds(long millis) {
        return Math.toIntExact(Math.max(1, (millis + 999) / 1000));
    }

    private static void register(Connection connection, RegistryVersion version)
            throws SQLException {
        Array names = connection.createArrayOf("text", version.featureNames().toArray());
        try (PreparedStatement insert = connection.prepareStatement(REGISTER)) {
            insert.setString(1, version.version());
            insert.setArray(2, names);
            insert.setLong(3, version.cadenceMicros());
            insert.executeUpdate();
        }
        try (PreparedStatement select = connection.prepareStatement(REGISTERED)) {
            select.setString(1, version.version());
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                List<String> known = Arrays.asList((String[]) rows.getArray(1).getArray());
                long cadence = rows.getLong(2);
                if (!known.equals(version.featureNames()) || cadence != version.cadenceMicros()) {
                    throw new IllegalStateException(
                            "the serving store knows registry version %s with features %s every %d us, the job has %s every %d us; a changed registry needs a new version"
                                    .formatted(
                                            version.version(),
                                            known,
                                            cadence,
                                            version.featureNames(),
                                            version.cadenceMicros()));
                }
            }
        }
    }

    /**
     * Inserts or replaces the rows, all or none; committed on return. No two rows may have one key.
     */
    void upsert(Collection<FeatureRow> rows) throws SQLException {
        for (FeatureRow row : rows) {
            upsert.setString(1, row.symbol());
            upsert.setString(2, row.registryVersion());
            upsert.setObject(3, time(row.gridTimeMicros()));
            upsert.setArray(4, connection.createArrayOf("float8", boxed(row.values())));
            upsert.setInt(5, row.completeness());
            upsert.setLong(6, row.eventCount());
            upsert.setObject(7, timeOrNull(row.maxEventTimeMicros()));
            upsert.addBatch();
        }
        upsert.executeBatch();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private static @Nullable Object[] boxed(double[] values) {
        @Nullable Double[] result = new @Nullable Double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = Double.isNaN(values[i]) ? null : (Double) values[i];
        }
        return result;
    }

    private static @Nullable OffsetDateTime timeOrNull(long micros) {
        return micros == EventHeader.UNKNOWN_TIME ? null : time(micros);
    }

    private static OffsetDateTime time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }
}
