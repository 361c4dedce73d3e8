package io.tidemark.bench.throughput;

import io.tidemark.bench.load.MarketMix;
import io.tidemark.bench.platform.RunDatabase;
import io.tidemark.bench.platform.Services;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.job.serving.ServingStoreSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.IntStream;

/**
 * An active model that was trained on all features of every symbol of the load, so that the job
 * holds every row to it. The baselines are of no market: what a row costs does not depend on where
 * their edges are. Windows of 100 rows are read every 10 rows, twelve times as often as by default.
 */
final class WatchedModel {
    private static final int WINDOW_ROWS = 100;

    private static final String MODEL =
            """
            INSERT INTO model_version (number, package_sha256, algorithm, dataset_id,
                                       certificate_sha256, metrics)
            VALUES (1, '0', 'none', 'none', '0', '{}')
            """;

    private static final String BASELINES =
            """
            INSERT INTO drift_baseline
            SELECT 1, symbol, feature, position - 1, '1.0.0',
                   '{-1.28,-0.84,-0.52,-0.25,0,0.25,0.52,0.84,1.28}',
                   '{2000,2000,2000,2000,2000,2000,2000,2000,2000,2000,0}', 20000, 0, 19999, ?, '{9,9}'
            FROM unnest(?) AS symbol, unnest(?) WITH ORDINALITY AS f(feature, position)
            """;

    private static final String ACTIVATION =
            """
            INSERT INTO model_activation (number, version, activated_by, reason)
            VALUES (1, 1, 'bench', 'what drift costs')
            """;

    private WatchedModel() {}

    /** Makes the schema, the model, and the model active. */
    static void activate(RunDatabase database, Services services, int symbols) throws SQLException {
        ServingStoreSchema.migrate(database.url(), services.postgresUser(), "");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                PreparedStatement baselines = connection.prepareStatement(BASELINES)) {
            statement.execute(MODEL);
            baselines.setInt(1, WINDOW_ROWS);
            baselines.setArray(
                    2,
                    connection.createArrayOf(
                            "text",
                            IntStream.range(0, symbols).mapToObj(MarketMix::name).toArray()));
            baselines.setArray(
                    3,
                    connection.createArrayOf(
                            "text", FeatureSet.builtIn("1.0.0").names().toArray()));
            baselines.executeUpdate();
            statement.execute(ACTIVATION);
        }
    }
}
