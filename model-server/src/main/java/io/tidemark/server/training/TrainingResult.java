package io.tidemark.server.training;

import io.tidemark.server.model.InputScaling;
import io.tidemark.server.model.Model;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fitted model and what is known of it.
 *
 * @param hyperparameters those of the candidate with the least loss on validation
 * @param candidateLosses on validation, in the order they were tried
 * @param test null when there are no rows to test on
 * @param baselines on validation, by name
 * @param testBaselines the same on test; empty when there is none
 * @param importance by feature, on validation
 */
public record TrainingResult(
        Algorithm algorithm,
        Hyperparameters hyperparameters,
        List<Double> candidateLosses,
        Target target,
        InputScaling scaling,
        Model model,
        Scores train,
        Scores validation,
        @Nullable Scores test,
        Map<String, Scores> baselines,
        Map<String, Scores> testBaselines,
        Map<String, Double> importance) {

    /** The least loss of a baseline on validation. */
    public double bestBaselineLoss() {
        return least(baselines);
    }

    static double least(Map<String, Scores> baselines) {
        return baselines.values().stream().mapToDouble(Scores::loss).min().orElseThrow();
    }

    /** The model's answers to rows, features as the engine made them. */
    public double[][] answers(Rows rows) {
        return Predictions.all(model, scaling.scaled(rows.features()));
    }

    /** This, as the scores of its own fold. */
    public FoldScores foldScores(int number, Rows trainRows) {
        return new FoldScores(
                number,
                trainRows.count(),
                validation.loss(),
                bestBaselineLoss(),
                test == null ? Double.NaN : test.loss(),
                test == null ? Double.NaN : least(testBaselines));
    }

    /** The loss of another model's answers to rows of the same kind. */
    public double lossOf(double[][] answers, Rows rows) {
        return Scores.of(target, rows.labels(), answers).loss();
    }
}
