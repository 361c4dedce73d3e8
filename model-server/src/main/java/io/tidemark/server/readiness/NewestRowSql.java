package io.tidemark.server.readiness;

import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** How new {@code feature_row} is: one primary key lookup per symbol and version. */
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
}
