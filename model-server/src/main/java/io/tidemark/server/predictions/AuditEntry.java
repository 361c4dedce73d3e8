package io.tidemark.server.predictions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code prediction} to be.
 *
 * @param item of a batch, from 0
 * @param symbol null when the caller sent the features, as is featureTime
 * @param modelVersion the number in {@code v3}
 * @param features in the model's order; NaN is undefined
 * @param shadow made beside the answer, given to nobody
 */
record AuditEntry(
        String requestId,
        int item,
        @Nullable String symbol,
        long modelVersion,
        String modelSha256,
        String registryVersion,
        @Nullable Instant featureTime,
        double[] features,
        double[] output,
        boolean degraded,
        long latencyMicros,
        boolean shadow) {}
