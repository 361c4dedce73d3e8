package io.tidemark.server.models;

import io.tidemark.schemas.settings.SettingsReader;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where models lie, and how they answer.
 *
 * @param gateMargin by how much a new version's loss must be smaller, as a share
 * @param asyncAudit answers leave before their record is durable
 * @param maxFeatureAge a row older than this makes the input degraded
 */
public record ModelSettings(
        Path directory, double gateMargin, boolean asyncAudit, Duration maxFeatureAge) {

    public static ModelSettings read(SettingsReader reader) {
        String directory =
                reader.text(
                        "models.directory",
                        "data/models",
                        "directory of model packages; servers may share it",
                        "MODEL_REGISTRY_DIR");
        if (directory.contains("://")) {
            reader.refuse(
                    "models.directory", "must be a directory; object stores are not read yet");
        }
        return new ModelSettings(
                Path.of(directory.contains("://") ? "." : directory),
                reader.number(
                        "models.gate-margin",
                        0.01,
                        0,
                        1,
                        "share by which a new model's loss on validation must be smaller to become active"),
                reader.bool(
                        "predictions.async-audit",
                        false,
                        "answer before the record is durable; a crash then loses records"),
                reader.duration(
                        "predictions.max-feature-age",
                        Duration.ofSeconds(10),
                        "a row older than this is told as degraded input"));
    }
}
