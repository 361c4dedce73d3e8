package io.tidemark.server.store;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Every statement that ends rows of {@code feature_row}. Schema: db/migration/V001. */
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
    int deleteOlder(
            @Bind("symbol") String symbol,
            @Bind("version") String version,
            @Bind("cutoff") OffsetDateTime cutoff,
            @Bind("batch") int batch);
}
