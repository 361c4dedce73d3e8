package io.tidemark.server.registry;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version as the store has it.
 *
 * @param definition YAML; null when a job told only the names
 * @param activations how often it was activated
 * @param active whether it is the active one
 */
record StoredVersion(
        String version,
        List<String> featureNames,
        long cadenceMicros,
        @Nullable String definition,
        String createdBy,
        OffsetDateTime createdAt,
        long activations,
        boolean active) {}
