package io.tidemark.job.serving;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** Makes a job's own registry the active one while there is none. Schema: V003. */
final class FirstActivation {
    private static final String REGISTER =
            """
            INSERT INTO feature_registry_version AS v (version, feature_names, cadence_micros, definition, created_by)
            VALUES (?, ?, ?, ?, 'job')
            ON CONFLICT (version) DO UPDATE
            SET definition = EXCLUDED.definition, created_by = EXCLUDED.created_by
            WHERE v.definition IS NULL
                AND v.feature_names = EXCLUDED.feature_names
                AND v.cadence_micros = EXCLUDED.cadence_micros
            """;

    private static final String REGISTERED =
            """
            SELECT feature_names, cadence_micros, definition
            FROM feature_registry_version
            WHERE version = ?
            """;

    private static final String ACTIVATE =
            """
            INSERT INTO feature_registry_activation (number, version, activated_by, reason)
            SELECT 1, ?, 'job', 'the first start'
            WHERE NOT EXISTS (SELECT 1 FROM feature_registry_activation)
            ON CONFLICT (number) DO NOTHING
            """;

    private FirstActivation() {}

    /**
     * Does nothing when one is active.
     *
     * @throws IllegalStateException when the store has another registry of that version
     */
    static void of(Connection connection, RegistryVersion version, String definition)
            throws SQLException {
        Array names = connection.createArrayOf("text", version.featureNames().toArray());
        try (PreparedStatement insert = connection.prepareStatement(REGISTER)) {
            insert.setString(1, version.version());
            insert.setArray(2, names);
            insert.setLong(3, version.cadenceMicros());
            insert.setString(4, definition);
            insert.executeUpdate();
        }
        requireSame(connection, version, definition);
        try (PreparedStatement insert = connection.prepareStatement(ACTIVATE)) {
            insert.setString(1, version.version());
            insert.executeUpdate();
        }
    }

    private static void requireSame(
            Connection connection, RegistryVersion version, String definition) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(REGISTERED)) {
            select.setString(1, version.version());
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                List<String> names = Arrays.asList((String[]) rows.getArray(1).getArray());
                if (!names.equals(version.featureNames())
                        || rows.getLong(2) != version.cadenceMicros()
                        || !definition.equals(rows.getString(3))) {
                    throw new IllegalStateException(
                            "the serving store has another feature registry %s, of %s every %d us; a changed registry needs a new version"
                                    .formatted(version.version(), names, rows.getLong(2)));
                }
            }
        }
    }
}
