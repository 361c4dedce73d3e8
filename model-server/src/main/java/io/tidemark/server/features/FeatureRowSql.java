package io.tidemark.server.features;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Every read of {@code feature_row}; each walks the primary key. Schema: db/migration/V001. */
interface FeatureRowSql {
    @SqlQuery(
            """
            SELECT registry_version, grid_time, feature_values, completeness, event_count, stored_at
            FROM feature_row
            WHERE symbol = :symbol AND registry_version = :version
            ORDER BY grid_time DESC
            LIMIT 1
            """)
    Optional<StoredRow> newest(@Bind("symbol") String symbol, @Bind("version") String version);

    /**
     * The version made last; of versions made up to the same grid time, the one registered last.
     */
    @SqlQuery(
            """
            SELECT r.registry_version, r.grid_time, r.feature_values, r.completeness, r.event_count,
                   r.stored_at
            FROM feature_registry_version v
            CROSS JOIN LATERAL (
                SELECT registry_version, grid_time, feature_values, completeness, event_count,
                       stored_at
                FROM feature_row
                WHERE symbol = :symbol AND registry_version = v.version
                ORDER BY grid_time DESC
                LIMIT 1
            ) r
            ORDER BY r.grid_time DESC, v.created_at DESC
            LIMIT 1
            """)
    Optional<StoredRow> newest(@Bind("symbol") String symbol);

    /** Newest first. */
    @SqlQuery(
            """
            SELECT registry_version, grid_time, feature_values, completeness, event_count, stored_at
            FROM feature_row
            WHERE symbol = :symbol AND registry_version = :version AND grid_time > :after
            ORDER BY grid_time DESC
            LIMIT :limit
            """)
    List<StoredRow> rows(
            @Bind("symbol") String symbol,
            @Bind("version") String version,
            @Bind("after") OffsetDateTime after,
            @Bind("limit") long limit);

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
            SELECT symbol FROM seen WHERE symbol IS NOT NULL LIMIT :limit
            """)
    List<String> symbols(@Bind("limit") int limit);
}
