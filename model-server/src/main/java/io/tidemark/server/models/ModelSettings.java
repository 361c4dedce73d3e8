package io.tidemark.server.models;

import io.tidemark.schemas.settings.SettingsReader;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where models lie, and how they answer.
 *
 * @param place of the packages
 * @param bucket how it is spoken to, when it is one
 * @param gateMargin by how much a new version's loss must be smaller, as a share
 * @param asyncAudit answers leave before their record is durable
 * @param maxFeatureAge a row older than this makes the input degraded
 * @param driftWindow rows of a window that is held to the rows a model was trained on
 * @param driftThreshold of the mean's and the standard deviation's distance, in the baseline's
 * @param shadow whether challenger and previous model answer beside the active one
 * @param comparisonLevel the probability with which a comparison of them may be wrong
 * @param autoRollback whether a model proven worse than the previous one is replaced by that
 */
public record ModelSettings(
        PackagePlace place,
        BucketSettings bucket,
        double gateMargin,
        boolean asyncAudit,
        Duration maxFeatureAge,
        int driftWindow,
        double driftThreshold,
        boolean shadow,
        double comparisonLevel,
        boolean autoRollback) {

    public static ModelSettings read(SettingsReader reader) {
        return new ModelSettings(
                place(reader),
                BucketSettings.read(reader),
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
                        "a row older than this is told as degraded input"),
                reader.integer(
                        "models.drift-window",
                        1_200,
                        10,
                        1_000_000,
                        "rows of a window whose drift is told; a model needs 20 such windows of training rows for it"),
                reader.number(
                        "drift.threshold",
                        0.5,
                        0,
                        1_000,
                        "distance of mean or standard deviation, in the baseline's, above which ratio_exceeded is told",
                        "DRIFT_THRESHOLD"),
                reader.bool(
                        "predictions.shadow",
                        true,
                        "challenger and previous model answer beside the active one, recorded only"),
                reader.number(
                        "models.comparison-level",
                        0.05,
                        0.0001,
                        0.5,
                        "probability with which a comparison in shadow may ever be wrong"),
                reader.bool(
                        "models.auto-rollback",
                        false,
                        "go back to the previous model when it is proven better in shadow"));
    }

    private static PackagePlace place(SettingsReader reader) {
        String text =
                reader.text(
                        "models.directory",
                        "data/models",
                        "where model packages lie: a directory, s3://bucket/prefix or gs://bucket/prefix; servers"
                                + " may share it",
                        "MODEL_REGISTRY_DIR");
        try {
            return PackagePlace.of(text);
        } catch (IllegalArgumentException e) {
            reader.refuse("models.directory", String.valueOf(e.getMessage()));
            return new PackagePlace.Directory(Path.of("."));
        }
    }
}
