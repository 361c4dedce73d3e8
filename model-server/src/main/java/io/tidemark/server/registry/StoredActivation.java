package io.tidemark.server.registry;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * An activation, and what the job made of it.
 *
 * @param previousVersion the active one before
 * @param outcome began, switched or refused; null when the job has not taken it yet
 * @param effectiveFrom rows after it are of the version
 */
record StoredActivation(
        long number,
        String version,
        @Nullable String previousVersion,
        String activatedBy,
        String reason,
        OffsetDateTime activatedAt,
        @Nullable String outcome,
        @Nullable OffsetDateTime effectiveFrom,
        @Nullable String detail) {}
