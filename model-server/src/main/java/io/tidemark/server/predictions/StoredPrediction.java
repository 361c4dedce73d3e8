package io.tidemark.server.predictions;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code prediction}.
 *
 * @param features in the model's order; NaN is undefined
 */
record StoredPrediction(
        long number,
        String requestId,
        int item,
        @Nullable String symbol,
        long modelVersion,
        String modelSha256,
        String registryVersion,
        @Nullable OffsetDateTime featureTime,
        double[] features,
        double[] output,
        boolean degraded,
        long latencyMicros,
        boolean shadow,
        OffsetDateTime madeAt) {

    static final class Mapper implements RowMapper<StoredPrediction> {
        @Override
        public StoredPrediction map(ResultSet row, StatementContext context) throws SQLException {
            return new StoredPrediction(
                    row.getLong("number"),
                    row.getString("request_id"),
                    row.getInt("item"),
                    row.getString("symbol"),
                    row.getLong("model_version"),
                    row.getString("model_sha256"),
                    row.getString("registry_version"),
                    row.getObject("feature_time", OffsetDateTime.class),
                    doubles(row.getArray("feature_values")),
                    doubles(row.getArray("output")),
                    row.getBoolean("degraded"),
                    row.getLong("latency_micros"),
                    row.getBoolean("shadow"),
                    row.getObject("made_at", OffsetDateTime.class));
        }

        private static double[] doubles(Array column) throws SQLException {
            Object[] elements = (Object[]) column.getArray();
            double[] values = new double[elements.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = elements[i] instanceof Double value ? value : Double.NaN;
            }
            return values;
        }
    }
}
