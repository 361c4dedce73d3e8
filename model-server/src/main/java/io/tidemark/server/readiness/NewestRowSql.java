package io.tidemark.server.readiness;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** How new what the store holds is: one primary key lookup per symbol and version. */
@RegisterConstructorMapper(NewestRow.class)
interface NewestRowSql {
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
            SELECT seen.symbol, newest.grid_time, newest.stored_at
            FROM (SELECT symbol FROM seen WHERE symbol IS NOT NULL LIMIT :limit) seen
            CROSS JOIN LATERAL (
                SELECT r.grid_time, r.stored_at
                FROM feature_registry_version v
                CROSS JOIN LATERAL (
                    SELECT grid_time, stored_at
                    FROM feature_row
                    WHERE symbol = seen.symbol AND registry_version = v.version
                    ORDER BY grid_time DESC
                    LIMIT 1
                ) r
                ORDER BY r.grid_time DESC
                LIMIT 1
            ) newest
            """)
    List<NewestRow> perSymbol(@Bind("limit") int limit);

    /** The newest event that is in a newest row; empty when there is none. */
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
            SELECT max(newest.max_event_time)
            FROM (SELECT symbol FROM seen WHERE symbol IS NOT NULL) seen
            CROSS JOIN feature_registry_version v
            CROSS JOIN LATERAL (
                SELECT max_event_time
                FROM feature_row
                WHERE symbol = seen.symbol AND registry_version = v.version
                ORDER BY grid_time DESC
                LIMIT 1
            ) newest
            """)
    Optional<OffsetDateTime> newestEvent();

    @SqlQuery("SELECT created_at FROM model_version ORDER BY number DESC LIMIT 1")
    Optional<OffsetDateTime> modelTrained();

    @SqlQuery("SELECT activated_at FROM model_activation ORDER BY number DESC LIMIT 1")
    Optional<OffsetDateTime> modelActivated();

    @SqlQuery("SELECT made_at FROM prediction ORDER BY number DESC LIMIT 1")
    Optional<OffsetDateTime> predicted();
}
