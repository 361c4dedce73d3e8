package io.tidemark.server.features;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * A row of {@code feature_row}.
 *
 * @param gridTime T, microsecond precision
 * @param values in the order of the version's names; NaN is undefined
 * @param completeness bits of {@link io.tidemark.features.engine.Completeness}
 * @param storedAt when the job last wrote it, by the database's clock
 */
record StoredRow(
        String version,
        Instant gridTime,
        double[] values,
        int completeness,
        long eventCount,
        Instant storedAt) {

    /** Reads the columns by name; a NULL element becomes NaN. */
    static final class Mapper implements RowMapper<StoredRow> {
        @Override
        public StoredRow map(ResultSet row, StatementContext context) throws SQLException {
            return new StoredRow(
                    row.getString("registry_version"),
                    row.getObject("grid_time", OffsetDateTime.class).toInstant(),
                    doubles(row.getArray("feature_values")),
                    row.getInt("completeness"),
                    row.getLong("event_count"),
                    row.getObject("stored_at", OffsetDateTime.class).toInstant());
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
