package io.tidemark.job.serving;

import io.tidemark.features.engine.FeatureRow;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the serving store and every statement the job sends over it. Schema: {@code
 * db/migration/V001}. For one thread; after an {@link SQLException} only {@link #close} is useful.
 */
final class ServingStoreConnection implements StoreSession.Statements {
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
        Connection connection = StoreSession.connect(settings, applicationName);
        try {
            register(connection, version);
            return new ServingStoreConnection(connection, connection.prepareStatement(UPSERT));
        } catch (SQLException | IllegalStateException e) {
            connection.close();
            throw e;
        }
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
            upsert.setObject(3, StoreTime.of(row.gridTimeMicros()));
            upsert.setArray(4, connection.createArrayOf("float8", boxed(row.values())));
            upsert.setInt(5, row.completeness());
            upsert.setLong(6, row.eventCount());
            upsert.setObject(7, StoreTime.orNull(row.maxEventTimeMicros()));
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
}
