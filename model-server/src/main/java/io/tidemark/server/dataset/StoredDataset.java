package io.tidemark.server.dataset;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A row of {@code dataset}. */
public record StoredDataset(
        String datasetId,
        String symbol,
        String request,
        String registryYaml,
        long cadenceMicros,
        String status,
        double fraction,
        String doing,
        @Nullable String error,
        @Nullable String rows,
        boolean cancel,
        String traceId,
        OffsetDateTime requestedAt,
        @Nullable OffsetDateTime startedAt,
        @Nullable OffsetDateTime finishedAt) {}
