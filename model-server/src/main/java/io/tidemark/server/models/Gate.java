package io.tidemark.server.models;

import io.tidemark.server.training.CertifiedDataset;
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
        LoadedModel before = champion.get();
        Optional<String> other = before.mismatch(dataset);
        if (other.isPresent()) {
            return Optional.of(
                    "the champion %s %s".formatted(before.content().version(), other.get()));
        }
        if (!Arrays.equals(before.content().label().classes(), result.target().classes())) {
            return Optional.of(
                    "the champion %s knows other classes".formatted(before.content().version()));
        }
        double championLoss =
                result.lossOf(
                        before.answers(dataset, dataset.splits().validation()),
                        dataset.splits().validation());
        return isBelow(loss, championLoss)
                ? Optional.empty()
                : Optional.of(
                        "its loss on validation is %.6g, the champion %s has %.6g"
                                .formatted(loss, before.content().version(), championLoss));
    }

    private boolean isBelow(double loss, double other) {
        return loss < other * (1 - margin);
    }
}
