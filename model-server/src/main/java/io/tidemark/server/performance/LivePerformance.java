package io.tidemark.server.performance;

import io.tidemark.features.score.CalibrationBin;
import io.tidemark.features.score.ClassificationScores;
import io.tidemark.features.score.RegressionScores;
import io.tidemark.server.models.ModelPackage;
import io.tidemark.server.predictions.Outlook;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Scores of answers that came true or not, beside what anybody could have answered.
 *
 * <p>Of classes, all of them are scored. Of numbers, the classes are "up" (an outcome above 0) and
 * "not up", with the probability the answer gave, see {@link Outlook}; errors are of the number.
 * The rank correlation is that of the number, or of the mean class, with the outcome.
 *
 * <p>Baselines. Of numbers: {@code zero}, and {@code last_value}, the newest outcome known at T (0
 * while there is none), both with the model's own deviation. Of classes: {@code majority}, the
 * shares of the outcomes judged here, which nobody knew before (the best constant answer); {@code
 * last_value}, half for the newest class known, half for those shares.
 */
final class LivePerformance {
    private final ModelPackage.Label label;

    LivePerformance(ModelPackage.Label label) {
        this.label = label;
    }

    /** What is not defined is null. Errors are null of classes. */
    record Score(
            double accuracy,
            double logLoss,
            double brier,
            double calibrationError,
            @Nullable Double rankIc,
            @Nullable Double rootMeanSquaredError,
            @Nullable Double meanAbsoluteError,
            List<CalibrationBin> calibration) {}

    /** Whether the outcome is one that the model can foretell: a class it was trained on. */
    static boolean isForeseen(ModelPackage.Label label, double outcome) {
        return label.classes().length == 0 || Arrays.binarySearch(label.classes(), outcome) >= 0;
    }

    /** By name, the model's as {@code model}; empty when there is nothing to score. */
    Map<String, Score> of(List<JudgedRow> judged) {
        Map<String, Score> scores = new LinkedHashMap<>();
        if (judged.isEmpty()) {
            return scores;
        }
        double[] outcomes = judged.stream().mapToDouble(LivePerformance::outcome).toArray();
        scores.put("model", score(outcomes, judged.stream().map(JudgedRow::output).toList()));
        if (label.classes().length == 0) {
            scores.put("zero", score(outcomes, judged.stream().map(row -> new double[1]).toList()));
            scores.put(
                    "last_value",
                    score(
                            outcomes,
                            judged.stream().map(row -> new double[] {lastOrZero(row)}).toList()));
            return scores;
        }
        double[] shares = shares(outcomes);
        scores.put("majority", score(outcomes, judged.stream().map(row -> shares).toList()));
        scores.put(
                "last_value",
                score(outcomes, judged.stream().map(row -> after(row, shares)).toList()));
        return scores;
    }

    private static double outcome(JudgedRow row) {
        Double outcome = row.outcome();
        if (outcome == null) {
            throw new IllegalArgumentException("a row without outcome cannot be judged");
        }
        return outcome;
    }

    private static double lastOrZero(JudgedRow row) {
        Double last = row.last();
        return last == null ? 0 : last;
    }

    private Score score(double[] outcomes, List<double[]> outputs) {
        double[][] shares = new double[outcomes.length][];
        int[] truth = new int[outcomes.length];
        double[] numbers = new double[outcomes.length];
        for (int i = 0; i < outcomes.length; i++) {
            double[] output = outputs.get(i);
            shares[i] = probabilities(label, output);
            truth[i] = position(label, outcomes[i]);
            numbers[i] = label.classes().length == 0 ? output[0] : meanClass(output);
        }
        ClassificationScores classes = ClassificationScores.of(truth, shares);
        RegressionScores errors = RegressionScores.of(outcomes, numbers);
        boolean ofNumbers = label.classes().length == 0;
        return new Score(
                classes.accuracy(),
                classes.logLoss(),
                classes.brier(),
                classes.calibrationError(),
                Double.isNaN(errors.rankCorrelation()) ? null : errors.rankCorrelation(),
                ofNumbers ? errors.rootMeanSquaredError() : null,
                ofNumbers ? errors.meanAbsoluteError() : null,
                classes.calibration());
    }

    /** Of the classes; of a number: not up, up. */
    static double[] probabilities(ModelPackage.Label label, double[] output) {
        if (label.classes().length > 0) {
            return output;
        }
        // The distribution function is good to 7.5e-8: a half must be one.
        double up = output[0] == 0 ? 0.5 : Math.min(1, Math.max(0, Outlook.of(label, output).up()));
        return new double[] {1 - up, up};
    }

    /** The position of the outcome's class among {@link #probabilities}. */
    static int position(ModelPackage.Label label, double outcome) {
        return label.classes().length > 0
                ? Arrays.binarySearch(label.classes(), outcome)
                : outcome > 0 ? 1 : 0;
    }

    private double meanClass(double[] shares) {
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            sum += shares[i] * label.classes()[i];
        }
        return sum;
    }

    private double[] shares(double[] outcomes) {
        long[] counts = new long[label.classes().length];
        for (double outcome : outcomes) {
            counts[position(label, outcome)]++;
        }
        return Arrays.stream(counts).mapToDouble(n -> (double) n / outcomes.length).toArray();
    }

    private double[] after(JudgedRow row, double[] shares) {
        Double last = row.last();
        if (last == null || !isForeseen(label, last)) {
            return shares;
        }
        double[] after = new double[shares.length];
        int known = position(label, last);
        for (int i = 0; i < after.length; i++) {
            after[i] = shares[i] / 2 + (i == known ? 0.5 : 0);
        }
        return after;
    }

    /** The rows whose outcome is there, and one the model can foretell. */
    List<JudgedRow> judged(List<JudgedRow> rows) {
        List<JudgedRow> judged = new ArrayList<>();
        for (JudgedRow row : rows) {
            Double outcome = row.outcome();
            if (outcome != null && isForeseen(label, outcome)) {
                judged.add(row);
            }
        }
        return judged;
    }
}
