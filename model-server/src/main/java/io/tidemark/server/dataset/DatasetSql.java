package io.tidemark.server.dataset;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Every statement of this package. Schema: db/migration/V003, V004 and V005. */
interface DatasetSql {
    /** Newest first; any may be null. */
    @SqlQuery(
            """
            SELECT dataset_id, symbol, request::text AS request, registry_yaml, cadence_micros, status,
                   fraction, doing, error, rows::text AS rows, cancel, trace_id, requested_at,
                   started_at, finished_at
            FROM dataset
            WHERE (CAST(:id AS text) IS NULL OR dataset_id = :id)
                AND (CAST(:symbol AS text) IS NULL OR symbol = :symbol)
                AND (CAST(:status AS text) IS NULL OR status = :status)
            ORDER BY requested_at DESC, dataset_id
            LIMIT :limit
            """)
    @RegisterConstructorMapper(StoredDataset.class)
    List<StoredDataset> datasets(
            @Bind("id") @Nullable String id,
            @Bind("symbol") @Nullable String symbol,
            @Bind("status") @Nullable String status,
            @Bind("limit") long limit);

    default Optional<StoredDataset> dataset(String id) {
        return datasets(id, null, null, 1).stream().findFirst();
    }

    /** 0 when there is one of that id. */
    @SqlUpdate(
            """
            INSERT INTO dataset (dataset_id, symbol, request, registry_yaml, cadence_micros, trace_id)
            VALUES (:id, :symbol, CAST(:request AS jsonb), :yaml, :cadenceMicros, :traceId)
            ON CONFLICT (dataset_id) DO NOTHING
            """)
    int add(
            @Bind("id") String id,
            @Bind("symbol") String symbol,
            @Bind("request") String request,
            @Bind("yaml") String yaml,
            @Bind("cadenceMicros") long cadenceMicros,
            @Bind("traceId") String traceId);

    /** What waits is cancelled at once, what is being built is asked to stop. */
    @SqlUpdate(
            """
            UPDATE dataset
            SET cancel = true,
                status = CASE WHEN status = 'queued' THEN 'cancelled' ELSE status END,
                finished_at = CASE WHEN status = 'queued' THEN clock_timestamp() ELSE finished_at END
            WHERE dataset_id = :id AND status IN ('queued', 'building')
            """)
    int cancel(@Bind("id") String id);

    /** Numbers of the models that were trained on it. */
    @SqlQuery("SELECT number FROM model_version WHERE dataset_id = :id ORDER BY number")
    List<Long> models(@Bind("id") String id);

    /** What ended is to be deleted; from now on it is not to be downloaded. */
    @SqlUpdate(
            """
            UPDATE dataset SET status = 'deleting'
            WHERE dataset_id = :id AND status IN ('ready', 'failed', 'cancelled')
            """)
    int delete(@Bind("id") String id);

    /** The definition of a version of the feature registry; of the active one when it is null. */
    @SqlQuery(
            """
            SELECT v.definition
            FROM feature_registry_version v
            WHERE v.definition IS NOT NULL
                AND v.version = coalesce(
                    CAST(:version AS text),
                    (SELECT a.version FROM feature_registry_activation a
                     ORDER BY a.number DESC LIMIT 1))
            """)
    Optional<String> definition(@Bind("version") @Nullable String version);
}
