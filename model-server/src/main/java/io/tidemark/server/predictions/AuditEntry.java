package io.tidemark.server.predictions;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code prediction} to be.
 *
 * @param item of a batch, from 0
 * @param symbol null when the caller sent the features, as is featureTime
 * @param modelVersion the number in {@code v3}
 * @param features in the model's order; null is undefined
 */
record AuditEntry(
        String requestId,
        int item,
        @Nullable String symbol,
        long modelVersion,
        String modelSha256,
        String registryVersion,
        @Nullable OffsetDateTime featureTime,
        Double[] features,
        Double[] output,
        boolean degraded,
        long latencyMicros) {}
