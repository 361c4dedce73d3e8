package io.tidemark.server.models;

import java.time.OffsetDateTime;

/**
 * A row of {@code model_activation}.
 *
 * @param number counts activations, from 1
 * @param version the number of the version
 */
public record ModelActivation(
        long number, long version, String activatedBy, String reason, OffsetDateTime activatedAt) {}
