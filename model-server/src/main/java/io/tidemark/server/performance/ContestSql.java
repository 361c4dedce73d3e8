package io.tidemark.server.performance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Every statement that compares two versions. Schema: db/migration/V004, V008. */
@RegisterRowMapper(ContestSql.Mapper.class)
interface ContestSql {
    /** A row both answered to, and what came of it. */
    record Pair(Instant featureTime, double[] champion, double[] rival, double outcome) {}

    /** The first row a version answered to, of those made since. */
    @SqlQuery(
            """
            SELECT min(feature_time)
            FROM prediction
            WHERE model_version = :version AND made_at >= :since
            """)
    Optional<OffsetDateTime> firstRow(
            @Bind("version") long version, @Bind("since") OffsetDateTime since);

    /** By time and symbol; rows of predictions made since. */
    @SqlQuery(
            """
            SELECT c.feature_time, c.output AS champion, r.output AS rival, o.value AS outcome
            FROM (
                SELECT DISTINCT ON (feature_time, symbol) feature_time, symbol, output
                FROM prediction
                WHERE model_version = :champion AND made_at >= :since AND symbol IS NOT NULL
                    AND feature_time >= :from AND feature_time < :to
                ORDER BY feature_time, symbol, number
            ) c
            JOIN (
                SELECT DISTINCT ON (feature_time, symbol) feature_time, symbol, output
                FROM prediction
                WHERE model_version = :rival AND made_at >= :since AND symbol IS NOT NULL
                    AND feature_time >= :from AND feature_time < :to
                ORDER BY feature_time, symbol, number
            ) r ON r.feature_time = c.feature_time AND r.symbol = c.symbol
            JOIN outcome o
                ON o.symbol = c.symbol AND o.label = :label AND o.grid_time = c.feature_time
            ORDER BY c.feature_time, c.symbol
            """)
    List<Pair> pairs(
            @Bind("champion") long champion,
            @Bind("rival") long rival,
            @Bind("since") OffsetDateTime since,
            @Bind("from") OffsetDateTime from,
            @Bind("to") OffsetDateTime to,
            @Bind("label") String label);

    final class Mapper implements RowMapper<Pair> {
        @Override
        public Pair map(ResultSet row, StatementContext context) throws SQLException {
            return new Pair(
                    row.getObject("feature_time", OffsetDateTime.class).toInstant(),
                    JudgedRow.doubles(row.getArray("champion")),
                    JudgedRow.doubles(row.getArray("rival")),
                    row.getDouble("outcome"));
        }
    }
}
