package io.tidemark.server.training;

import io.tidemark.features.score.ClassificationScores;
import io.tidemark.features.score.RegressionScores;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How good predictions of one split are; one of the two is there. */
public record Scores(
        @Nullable RegressionScores regression, @Nullable ClassificationScores classification) {

    /**
     * Of labels and answers.
     *
     * @param answers per row a number, or probabilities of the classes
     */
    public static Scores of(Target target, double[] labels, double[][] answers) {
        return target.isClass()
                ? new Scores(null, ClassificationScores.of(target.positions(labels), answers))
                : new Scores(
                        RegressionScores.of(
                                labels, Arrays.stream(answers).mapToDouble(a -> a[0]).toArray()),
                        null);
    }

    /**
     * What anybody can say of the same rows, by name: see {@code docs/models.md}.
     *
     * @param train whose mean or shares are the usual answer
     */
    public static Map<String, Scores> ofBaselines(Target target, Rows train, Rows rows) {
        return new Baselines(target, train).scores(rows);
    }

    /** What is made small: the root of the mean squared error, or the log loss. */
    public double loss() {
        if (regression != null) {
            return regression.rootMeanSquaredError();
        }
        if (classification != null) {
            return classification.logLoss();
        }
        throw new IllegalStateException("scores of nothing");
    }
}
