package io.tidemark.server.performance;

import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** Every statement that joins predictions with outcomes. Schema: db/migration/V004, V008. */
interface PerformanceSql {
    /** Versions that answered to rows of the span, oldest first. */
    @SqlQuery(
            """
            SELECT v.number
            FROM model_version v
            WHERE (CAST(:version AS bigint) IS NULL OR v.number = :version)
                AND EXISTS (
                    SELECT 1 FROM prediction p
                    WHERE p.model_version = v.number
                        AND p.feature_time >= :from AND p.feature_time < :to)
            ORDER BY v.number
            """)
    List<Long> versions(
            @Bind("version") @Nullable Long version,
            @Bind("from") OffsetDateTime from,
            @Bind("to") OffsetDateTime to);

    /**
     * Rows a version answered to, by time and symbol; a row that was asked for often is there once.
     */
    @SqlQuery(
            """
            SELECT p.symbol, p.feature_time, p.output, o.value AS outcome, l.value AS last_outcome,
                   CAST(extract(epoch FROM o.stored_at - o.known_at) * 1000 AS bigint) AS delay_millis
            FROM (
                SELECT DISTINCT ON (feature_time, symbol) feature_time, symbol, output
                FROM prediction
                WHERE model_version = :version AND feature_time >= :from AND feature_time < :to
                    AND symbol IS NOT NULL
                    AND (CAST(:symbol AS text) IS NULL OR symbol = :symbol)
                ORDER BY feature_time, symbol, number
                LIMIT :limit
            ) p
            LEFT JOIN outcome o
                ON o.symbol = p.symbol AND o.label = :label AND o.grid_time = p.feature_time
            LEFT JOIN LATERAL (
                SELECT value FROM outcome
                WHERE symbol = p.symbol AND label = :label
                    AND grid_time <= p.feature_time - :reachMicros * interval '1 microsecond'
                ORDER BY grid_time DESC
                LIMIT 1
            ) l ON true
            ORDER BY p.feature_time, p.symbol
            """)
    List<JudgedRow> rows(
            @Bind("version") long version,
            @Bind("from") OffsetDateTime from,
            @Bind("to") OffsetDateTime to,
            @Bind("symbol") @Nullable String symbol,
            @Bind("label") String label,
            @Bind("reachMicros") long reachMicros,
            @Bind("limit") long limit);
}
