package io.tidemark.job.serving;

import io.tidemark.features.drift.DriftBaseline;
import io.tidemark.features.drift.LongRunSpread;
import io.tidemark.features.drift.Moments;
import io.tidemark.features.drift.ReferenceBins;
import io.tidemark.job.drift.ModelBaselines;
import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of the active model looked like that it was trained on, in the store. Schema:
 * {@code db/migration/V004}, {@code V007}. For one thread.
 */
final class StoredBaselines implements AutoCloseable {
    private static final String ACTIVE =
            "SELECT number, version FROM model_activation ORDER BY number DESC LIMIT 1";

    private static final String BASELINES =
            """
            SELECT b.symbol, b.feature, array_position(v.feature_names, b.feature) - 1,
                   b.registry_version, b.window_rows * v.cadence_micros, b.edges, b.counts,
                   b.finite_values, b.mean, b.squares, b.window_rows, b.spread
            FROM drift_baseline b
            JOIN feature_registry_version v ON v.version = b.registry_version
            WHERE b.version = ? AND b.feature = ANY (v.feature_names)
            ORDER BY b.symbol, b.position
            """;

    private final ServingStoreSettings settings;
    private @Nullable Connection connection;

    /** Not yet connected. */
    StoredBaselines(ServingStoreSettings settings) {
        this.settings = settings;
    }

    /**
     * Those of the active model; without any when the store has none, or does not know the registry
     * version of its rows yet.
     *
     * @param known what was told last; told again when it is still so
     */
    ModelBaselines active(ModelBaselines known) throws IOException {
        try {
            Connection open = connection;
            if (open == null) {
                open = StoreSession.connect(settings, "tidemark-baselines");
                connection = open;
            }
            return active(open, known);
        } catch (SQLException e) {
            close();
            throw new IOException("the serving store did not answer: " + e.getMessage(), e);
        }
    }

    private static ModelBaselines active(Connection open, ModelBaselines known)
            throws SQLException {
        try (PreparedStatement select = open.prepareStatement(ACTIVE);
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return ModelBaselines.NONE;
            }
            long activation = row.getLong(1);
            if (activation == known.activation() && !known.bySymbol().isEmpty()) {
                return known;
            }
            return of(open, activation, row.getLong(2));
        }
    }

    private static ModelBaselines of(Connection open, long activation, long version)
            throws SQLException {
        try (PreparedStatement select = open.prepareStatement(BASELINES)) {
            select.setLong(1, version);
            try (ResultSet row = select.executeQuery()) {
                Map<String, List<DriftBaseline>> bySymbol = new TreeMap<>();
                List<Integer> columns = new ArrayList<>();
                List<String> features = new ArrayList<>();
                String registryVersion = "";
                long windowMicros = 0;
                while (row.next()) {
                    String feature = row.getString(2);
                    if (!features.contains(feature)) {
                        features.add(feature);
                        columns.add(row.getInt(3));
                    }
                    registryVersion = row.getString(4);
                    windowMicros = row.getLong(5);
                    bySymbol.computeIfAbsent(row.getString(1), symbol -> new ArrayList<>())
                            .add(baseline(row));
                }
                if (features.isEmpty()) {
                    return ModelBaselines.without(activation, version);
                }
                return new ModelBaselines(
                        activation,
                        version,
                        registryVersion,
                        windowMicros,
                        features,
                        columns.stream().mapToInt(Integer::intValue).toArray(),
                        bySymbol);
            }
        }
    }

    private static DriftBaseline baseline(ResultSet row) throws SQLException {
        double[] spread = doubles(row.getArray(12));
        return new DriftBaseline(
                new ReferenceBins(doubles(row.getArray(6))),
                Arrays.stream((Long[]) row.getArray(7).getArray())
                        .mapToLong(Long::longValue)
                        .toArray(),
                new Moments(row.getLong(8), row.getDouble(9), row.getDouble(10)),
                row.getInt(11),
                spread.length == 2
                        ? new LongRunSpread(spread[0], spread[1])
                        : new LongRunSpread(Double.NaN, Double.NaN));
    }

    private static double[] doubles(Array array) throws SQLException {
        return Arrays.stream((Double[]) array.getArray())
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    @Override
    public void close() throws IOException {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                throw new IOException("the connection was not closed", e);
            }
        }
    }
}
