package io.tidemark.server.models;

import io.tidemark.server.training.CertifiedDataset;
import io.tidemark.server.training.Rows;
import io.tidemark.server.training.TrainingResult;
import java.util.Arrays;
import java.util.Optional;

/**
 * Whether a new version may become active by itself: its loss on validation must be smaller, by a
 * margin, than the best baseline's and than the champion's on the same rows. Test is not asked.
 *
 * @param margin as a share of the other's loss
 */
public record Gate(double margin) {

    /** Why not; empty when it may. */
    Optional<String> closed(
            TrainingResult result, CertifiedDataset dataset, Optional<LoadedModel> champion) {
        double loss = result.validation().loss();
        double baseline = result.bestBaselineLoss();
        if (!isBelow(loss, baseline)) {
            return Optional.of(
                    "its loss on validation is %.6g, the best baseline's %.6g"
                            .formatted(loss, baseline));
        }
        if (champion.isEmpty()) {
            return Optional.empty();
        }
        LoadedModel other = champion.get();
        ModelPackage.Label label = other.content().label();
        if (!label.type().equals(dataset.labelType())
                || label.horizonUs() != dataset.horizonMicros()
                || label.threshold() != dataset.threshold()
                || !Arrays.equals(label.classes(), result.target().classes())) {
            return Optional.of(
                    "the champion %s foretells something else"
                            .formatted(other.content().version()));
        }
        if (!dataset.features().containsAll(other.content().features())) {
            return Optional.of(
                    "the champion %s wants features that the dataset has not"
                            .formatted(other.content().version()));
        }
        double championLoss = result.lossOf(answers(other, dataset), dataset.splits().validation());
        return isBelow(loss, championLoss)
                ? Optional.empty()
                : Optional.of(
                        "its loss on validation is %.6g, the champion %s has %.6g"
                                .formatted(loss, other.content().version(), championLoss));
    }

    private boolean isBelow(double loss, double other) {
        return loss < other * (1 - margin);
    }

    private static double[][] answers(LoadedModel model, CertifiedDataset dataset) {
        int[] columns =
                model.content().features().stream().mapToInt(dataset.features()::indexOf).toArray();
        Rows rows = dataset.splits().validation();
        return Arrays.stream(rows.features())
                .map(row -> model.answer(Arrays.stream(columns).mapToDouble(i -> row[i]).toArray()))
                .toArray(double[][]::new);
    }
}
