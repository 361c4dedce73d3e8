package io.tidemark.server.predictions;

import java.util.List;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** Every statement on {@code prediction}. Schema: db/migration/V004. */
interface PredictionSql {
    /** Of {@link AuditLog}, which binds it by name: many at once. */
    String ADD =
            """
            INSERT INTO prediction (request_id, item, symbol, model_version, model_sha256,
                                    registry_version, feature_time, feature_values, output,
                                    degraded, latency_micros)
            VALUES (:requestId, :item, :symbol, :modelVersion, :modelSha256, :registryVersion,
                    :featureTime, :features, :output, :degraded, :latencyMicros)
            """;

    /** Newest first, of one symbol or of all. */
    @SqlQuery(
            """
            SELECT number, request_id, item, symbol, model_version, model_sha256,
                   registry_version, feature_time, feature_values, output, degraded,
                   latency_micros, made_at
            FROM prediction
            WHERE (CAST(:symbol AS text) IS NULL OR symbol = :symbol)
            ORDER BY number DESC
            LIMIT :limit
            """)
    List<StoredPrediction> recent(
            @Bind("symbol") @Nullable String symbol, @Bind("limit") long limit);

    /** In the order of the batch. */
    @SqlQuery(
            """
            SELECT number, request_id, item, symbol, model_version, model_sha256,
                   registry_version, feature_time, feature_values, output, degraded,
                   latency_micros, made_at
            FROM prediction
            WHERE request_id = :requestId
            ORDER BY number
            LIMIT :limit
            """)
    List<StoredPrediction> ofRequest(
            @Bind("requestId") String requestId, @Bind("limit") long limit);
}
