package io.tidemark.bench.predict;

import io.tidemark.bench.platform.RunDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;

/** Rows of features in the serving store, as the job writes them. */
record FeatureStore(RunDatabase database, BoostedModel model, int symbols) {

    /** An hour of rows a second apart of every symbol would be this many; the newest counts. */
    private static final int HISTORY = 60;

    void fill(Instant newest) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement version =
                        connection.prepareStatement(
                                "INSERT INTO feature_registry_version (version, feature_names,"
                                        + " cadence_micros) VALUES (?, ?, 1000000)"
                                        + " ON CONFLICT DO NOTHING");
                PreparedStatement row =
                        connection.prepareStatement(
                                "INSERT INTO feature_row (symbol, registry_version, grid_time,"
                                        + " feature_values, completeness, event_count)"
                                        + " VALUES (?, ?, ?, ?, 63, 7)")) {
            version.setString(1, BoostedModel.REGISTRY_VERSION);
            version.setArray(2, connection.createArrayOf("text", model.features().toArray()));
            version.executeUpdate();
            for (int symbol = 0; symbol < symbols; symbol++) {
                for (int age = HISTORY - 1; age >= 0; age--) {
                    row.setString(1, Exchanges.symbol(symbol));
                    row.setString(2, BoostedModel.REGISTRY_VERSION);
                    row.setObject(3, newest.minusSeconds(age).atOffset(ZoneOffset.UTC));
                    double[] values = model.rows()[(symbol + age) % model.rows().length];
                    row.setArray(
                            4,
                            connection.createArrayOf(
                                    "float8", Arrays.stream(values).boxed().toArray()));
                    row.addBatch();
                }
            }
            row.executeBatch();
        }
    }

    /** Predictions recorded whose request id begins with the label. */
    long recorded(String label) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement count =
                        connection.prepareStatement(
                                "SELECT count(*) FROM prediction WHERE request_id LIKE ?")) {
            count.setString(1, label + "-%");
            try (var result = count.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }
}
