package io.tidemark.server.registry;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Every statement of this package. Schema: db/migration/V001 and V003. */
interface RegistrySql {
    /** Newest first. */
    @SqlQuery(
            """
            SELECT v.version, v.feature_names, v.cadence_micros, v.definition, v.created_by,
                   v.created_at,
                   (SELECT count(*) FROM feature_registry_activation a
                    WHERE a.version = v.version) AS activations,
                   v.version IS NOT DISTINCT FROM
                       (SELECT a.version FROM feature_registry_activation a
                        ORDER BY a.number DESC LIMIT 1) AS active
            FROM feature_registry_version v
            WHERE (CAST(:version AS text) IS NULL OR v.version = :version)
            ORDER BY v.created_at DESC, v.version DESC
            LIMIT :limit
            """)
    @RegisterConstructorMapper(StoredVersion.class)
    List<StoredVersion> versions(
            @Bind("version") @Nullable String version, @Bind("limit") long limit);

    default Optional<StoredVersion> version(String version) {
        return versions(version, 1).stream().findFirst();
    }

    /** Newest first, of one version or of all. */
    @SqlQuery(
            """
            SELECT a.number, a.version, b.version AS previous_version, a.activated_by, a.reason,
                   a.activated_at, e.outcome, e.effective_from, e.detail
            FROM feature_registry_activation a
            LEFT JOIN feature_registry_activation b ON b.number = a.number - 1
            LEFT JOIN feature_registry_effect e ON e.activation = a.number
            WHERE (CAST(:version AS text) IS NULL OR a.version = :version)
                AND a.number <= :upTo
            ORDER BY a.number DESC
            LIMIT :limit
            """)
    @RegisterConstructorMapper(StoredActivation.class)
    List<StoredActivation> activations(
            @Bind("version") @Nullable String version,
            @Bind("upTo") long upTo,
            @Bind("limit") long limit);

    default List<StoredActivation> activations(@Nullable String version, long limit) {
        return activations(version, Long.MAX_VALUE, limit);
    }

    default StoredActivation activation(long number) {
        return activations(null, number, 1).get(0);
    }

    default Optional<StoredActivation> active() {
        return activations(null, 1).stream().findFirst();
    }

    /** The version that was active last before the active one. */
    @SqlQuery(
            """
            SELECT a.version
            FROM feature_registry_activation a
            WHERE a.version <> (SELECT version FROM feature_registry_activation
                                ORDER BY number DESC LIMIT 1)
            ORDER BY a.number DESC
            LIMIT 1
            """)
    Optional<String> activeBefore();

    /** 0 when there is such a version already. */
    @SqlUpdate(
            """
            INSERT INTO feature_registry_version (version, feature_names, cadence_micros, definition,
                                                  created_by)
            VALUES (:version, :names, :cadenceMicros, :definition, :createdBy)
            ON CONFLICT (version) DO NOTHING
            """)
    int add(
            @Bind("version") String version,
            @Bind("names") String[] names,
            @Bind("cadenceMicros") long cadenceMicros,
            @Bind("definition") String definition,
            @Bind("createdBy") String createdBy);

    /** 0 when another activation has that number. */
    @SqlUpdate(
            """
            INSERT INTO feature_registry_activation (number, version, activated_by, reason)
            VALUES (:number, :version, :activatedBy, :reason)
            ON CONFLICT (number) DO NOTHING
            """)
    int activate(
            @Bind("number") long number,
            @Bind("version") String version,
            @Bind("activatedBy") String activatedBy,
            @Bind("reason") String reason);

    /** 0 when it was activated once, or there is none. */
    @SqlUpdate(
            """
            DELETE FROM feature_registry_version v
            WHERE v.version = :version
                AND NOT EXISTS (SELECT 1 FROM feature_registry_activation a
                                WHERE a.version = v.version)
            """)
    int delete(@Bind("version") String version);

    /** The symbols that have rows of the version, each with its newest; key lookups. */
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
            SELECT seen.symbol, newest.grid_time
            FROM seen
            CROSS JOIN LATERAL (
                SELECT grid_time
                FROM feature_row
                WHERE symbol = seen.symbol AND registry_version = :version
                ORDER BY grid_time DESC
                LIMIT 1
            ) newest
            WHERE seen.symbol IS NOT NULL
            ORDER BY seen.symbol
            """)
    @RegisterConstructorMapper(SymbolOfVersion.class)
    List<SymbolOfVersion> symbols(@Bind("version") String version);

    /**
     * A symbol with rows of a version.
     *
     * @param gridTime of its newest row
     */
    record SymbolOfVersion(String symbol, OffsetDateTime gridTime) {}
}
