package io.tidemark.server.predictions;

import java.util.List;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/**
 * Every read of {@code prediction}; {@link PredictionCopy} writes it. Schema: db/migration/V004,
 * V008.
 */
interface PredictionSql {
    /** Newest first, of one symbol or of all. */
    @SqlQuery(
            """
            SELECT number, request_id, item, symbol, model_version, model_sha256,
                   registry_version, feature_time, feature_values, output, degraded,
                   latency_micros, shadow, made_at
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
                   latency_micros, shadow, made_at
            FROM prediction
            WHERE request_id = :requestId
            ORDER BY number
            LIMIT :limit
            """)
    List<StoredPrediction> ofRequest(
            @Bind("requestId") String requestId, @Bind("limit") long limit);
}
