package io.tidemark.server.models;

import java.time.OffsetDateTime;

/**
 * A row of {@code model_version}.
 *
 * @param packageSha256 of package.json, as it was published
 * @param metrics JSON, as in the package
 */
public record StoredModel(
        long number,
        String packageSha256,
        String algorithm,
        String datasetId,
        String certificateSha256,
        String metrics,
        OffsetDateTime createdAt) {

    /** {@code v3}. */
    public String version() {
        return "v" + number;
    }
}
