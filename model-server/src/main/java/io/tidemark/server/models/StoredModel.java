package io.tidemark.server.models;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code model_version}.
 *
 * @param packageSha256 of package.json, as it was published
 * @param metrics JSON, as in the package
 * @param label what it foretells, as outcomes are called; null of versions older than those
 */
public record StoredModel(
        long number,
        String packageSha256,
        String algorithm,
        String datasetId,
        String certificateSha256,
        String metrics,
        @Nullable String label,
        OffsetDateTime createdAt) {

    /** {@code v3}. */
    public String version() {
        return "v" + number;
    }
}
