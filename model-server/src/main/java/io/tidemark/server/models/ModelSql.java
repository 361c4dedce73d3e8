package io.tidemark.server.models;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/**
 * Every statement on {@code model_version}, {@code model_activation} and {@code drift_baseline}.
 * Schema: db/migration/V004, V007, V008.
 */
@RegisterConstructorMapper(StoredModel.class)
@RegisterConstructorMapper(ModelActivation.class)
public interface ModelSql {
    /** Newest first, of one number or of all. */
    @SqlQuery(
            """
            SELECT number, package_sha256, algorithm, dataset_id, certificate_sha256,
                   metrics::text AS metrics, label, created_at
            FROM model_version
            WHERE (CAST(:number AS bigint) IS NULL OR number = :number)
            ORDER BY number DESC
            LIMIT :limit
            """)
    List<StoredModel> versions(@Bind("number") @Nullable Long number, @Bind("limit") long limit);

    default Optional<StoredModel> version(long number) {
        return versions(number, 1).stream().findFirst();
    }

    /** 0 when another package has the number. */
    @SqlUpdate(
            """
            INSERT INTO model_version (number, package_sha256, algorithm, dataset_id,
                                       certificate_sha256, metrics, label)
            VALUES (:number, :sha256, :algorithm, :datasetId, :certificateSha256,
                    CAST(:metrics AS jsonb), :label)
            ON CONFLICT (number) DO NOTHING
            """)
    int add(
            @Bind("number") long number,
            @Bind("sha256") String sha256,
            @Bind("algorithm") String algorithm,
            @Bind("datasetId") String datasetId,
            @Bind("certificateSha256") String certificateSha256,
            @Bind("metrics") String metrics,
            @Bind("label") String label);

    /**
     * @param spread trace and squares; empty when not known
     */
    @SqlUpdate(
            """
            INSERT INTO drift_baseline (version, symbol, feature, position, registry_version, edges,
                                        counts, finite_values, mean, squares, window_rows, spread)
            VALUES (:version, :symbol, :feature, :position, :registryVersion, :edges, :counts,
                    :values, :mean, :squares, :windowRows, :spread)
            """)
    void addBaseline(
            @Bind("version") long version,
            @Bind("symbol") String symbol,
            @Bind("position") int position,
            @Bind("registryVersion") String registryVersion,
            @Bind("feature") String feature,
            @Bind("edges") double[] edges,
            @Bind("counts") long[] counts,
            @Bind("values") long values,
            @Bind("mean") double mean,
            @Bind("squares") double squares,
            @Bind("windowRows") int windowRows,
            @Bind("spread") double[] spread);

    /** Newest first, up to a time or of all time. */
    @SqlQuery(
            """
            SELECT number, version, activated_by, reason, activated_at
            FROM model_activation
            WHERE (CAST(:asOf AS timestamptz) IS NULL OR activated_at <= :asOf)
            ORDER BY number DESC
            LIMIT :limit
            """)
    List<ModelActivation> activations(
            @Bind("asOf") @Nullable OffsetDateTime asOf, @Bind("limit") long limit);

    default Optional<ModelActivation> active() {
        return activations(null, 1).stream().findFirst();
    }

    /** The version that was active last before the active one. */
    @SqlQuery(
            """
            SELECT a.version
            FROM model_activation a
            WHERE a.version <> (SELECT version FROM model_activation ORDER BY number DESC LIMIT 1)
            ORDER BY a.number DESC
            LIMIT 1
            """)
    Optional<Long> activeBefore();

    /** 0 when another activation has that number. */
    @SqlUpdate(
            """
            INSERT INTO model_activation (number, version, activated_by, reason)
            VALUES (:number, :version, :activatedBy, :reason)
            ON CONFLICT (number) DO NOTHING
            """)
    int activate(
            @Bind("number") long number,
            @Bind("version") long version,
            @Bind("activatedBy") String activatedBy,
            @Bind("reason") String reason);
}
