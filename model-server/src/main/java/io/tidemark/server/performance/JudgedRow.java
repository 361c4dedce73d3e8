package io.tidemark.server.performance;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * What a version answered to a row, and what came of it.
 *
 * @param featureTime T
 * @param outcome null while it is not known
 * @param last the newest outcome that was known at T; null when there was none
 * @param delayMillis from when the outcome could be known to when it was stored
 */
record JudgedRow(
        String symbol,
        Instant featureTime,
        double[] output,
        @Nullable Double outcome,
        @Nullable Double last,
        @Nullable Long delayMillis) {

    static final class Mapper implements RowMapper<JudgedRow> {
        @Override
        public JudgedRow map(ResultSet row, StatementContext context) throws SQLException {
            return new JudgedRow(
                    row.getString("symbol"),
                    row.getObject("feature_time", OffsetDateTime.class).toInstant(),
                    doubles(row.getArray("output")),
                    row.getObject("outcome", Double.class),
                    row.getObject("last_outcome", Double.class),
                    row.getObject("delay_millis", Long.class));
        }
    }

    static double[] doubles(Array column) throws SQLException {
        Object[] elements = (Object[]) column.getArray();
        double[] values = new double[elements.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = elements[i] instanceof Double value ? value : Double.NaN;
        }
        return values;
    }
}
