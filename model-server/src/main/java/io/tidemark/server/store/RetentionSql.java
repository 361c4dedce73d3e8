package io.tidemark.server.store;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * Every statement that ends rows by age, but those of the ledger. Schema: db/migration/V001, V004,
 * V007, V008.
 */
interface RetentionSql {
    @SqlQuery(
            """
            WITH RECURSIVE seen AS (
                (SELECT symbol FROM feature_row ORDER BY symbol LIMIT 1)
                UNION ALL
                SELECT (SELECT f.symbol FROM feature_row f WHERE f.symbol > seen.symbol
                        ORDER BY f.symbol LIMIT 1)
                FROM seen
                WHERE seen.symbol IS NOT NULL
            )
            SELECT symbol FROM seen WHERE symbol IS NOT NULL
            """)
    List<String> symbols();

    @SqlQuery("SELECT version FROM feature_registry_version ORDER BY version")
    List<String> versions();

    /** NULL when there is none. */
    @SqlQuery(
            """
            SELECT max(newest.grid_time)
            FROM feature_registry_version v
            CROSS JOIN LATERAL (
                SELECT grid_time FROM feature_row
                WHERE symbol = :symbol AND registry_version = v.version
                ORDER BY grid_time DESC
                LIMIT 1
            ) newest
            """)
    Optional<OffsetDateTime> newest(@Bind("symbol") String symbol);

    /** Oldest first, at most the batch; rows the job is writing are left for the next time. */
    @SqlUpdate(
            """
            DELETE FROM feature_row
            WHERE (symbol, registry_version, grid_time) IN (
                SELECT symbol, registry_version, grid_time
                FROM feature_row
                WHERE symbol = :symbol AND registry_version = :version AND grid_time < :cutoff
                ORDER BY grid_time
                LIMIT :batch
                FOR UPDATE SKIP LOCKED
            )
            """)
    int deleteRows(
            @Bind("symbol") String symbol,
            @Bind("version") String version,
            @Bind("cutoff") OffsetDateTime cutoff,
            @Bind("batch") int batch);

    /** Numbers rise with time, so the oldest are found by key. */
    @SqlUpdate(
            """
            DELETE FROM prediction
            WHERE number IN (SELECT number FROM prediction ORDER BY number LIMIT :batch)
                AND made_at < now() - :seconds * interval '1 second'
            """)
    int deletePredictions(@Bind("seconds") long seconds, @Bind("batch") int batch);

    /** Oldest first; the ends of windows have an index. */
    @SqlUpdate(
            """
            DELETE FROM drift_report
            WHERE ctid = ANY (ARRAY(
                SELECT ctid
                FROM drift_report
                WHERE window_end < (SELECT max(window_end) FROM drift_report)
                    - :seconds * interval '1 second'
                ORDER BY window_end
                LIMIT :batch
            ))
            """)
    int deleteDrift(@Bind("seconds") long seconds, @Bind("batch") int batch);

    /** They are stored in order of time, so a small index of blocks finds the oldest. */
    @SqlUpdate(
            """
            DELETE FROM outcome
            WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM outcome
                WHERE stored_at < now() - :seconds * interval '1 second'
                LIMIT :batch))
            """)
    int deleteOutcomes(@Bind("seconds") long seconds, @Bind("batch") int batch);
}
