package io.tidemark.features.score;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Scores of predicted classes and their probabilities. Macro is the plain mean over classes. What
 * is not defined is NaN.
 *
 * @param confusion by true class, then predicted class
 * @param logLoss mean of -ln of the true class's probability, which counts as at least 2.2e-16
 * @param brier of two classes (p - y)^2 of the second, mean; of more the sum over the classes
 * @param rocAuc of two classes the second's; of more the mean of each against the rest. The same
 *     for averagePrecision and kolmogorovSmirnov
 * @param calibrationError mean distance of probability and frequency over the bins, by their counts
 * @param calibration of the second of two classes, else of the class predicted
 */
public record ClassificationScores(
        int count,
        long[][] confusion,
        double accuracy,
        double balancedAccuracy,
        double precision,
        double recall,
        double f1,
        double f1Weighted,
        double logLoss,
        double brier,
        double matthews,
        double kappa,
        double rocAuc,
        double averagePrecision,
        double kolmogorovSmirnov,
        double calibrationError,
        List<CalibrationBin> calibration) {
    private static final double LEAST = Math.ulp(1.0);

    /**
     * The predicted class is the most probable one, the first of equals. O(n (log n) classes).
     *
     * @param truth classes from 0
     * @param probabilities per row one per class
     * @throws IllegalArgumentException for no rows, two lengths, fewer than two classes, a class or
     *     probability out of its range
     */
    public static ClassificationScores of(int[] truth, double[][] probabilities) {
        int n = Inputs.sameLength(truth.length, probabilities.length);
        int classes = probabilities[0].length;
        check(truth, probabilities, classes);
        int[] predicted =
                Arrays.stream(probabilities).mapToInt(ClassificationScores::best).toArray();
        Confusion confusion = Confusion.of(truth, predicted, classes);
        List<Separation> separations =
                IntStream.range(classes == 2 ? 1 : 0, classes)
                        .mapToObj(label -> separation(truth, probabilities, label))
                        .toList();
        List<CalibrationBin> calibration = calibration(truth, probabilities, predicted);
        double f1Weighted = 0;
        for (int label = 0; label < classes; label++) {
            f1Weighted += confusion.f1(label) * confusion.actual(label) / n;
        }
        return new ClassificationScores(
                n,
                confusion.counts(),
                (double) confusion.correct() / n,
                confusion.balancedAccuracy(),
                IntStream.range(0, classes).mapToDouble(confusion::precision).sum() / classes,
                IntStream.range(0, classes).mapToDouble(confusion::recall).sum() / classes,
                IntStream.range(0, classes).mapToDouble(confusion::f1).sum() / classes,
                f1Weighted,
                logLoss(truth, probabilities),
                brier(truth, probabilities),
                confusion.matthews(),
                confusion.kappa(),
                mean(separations.stream().mapToDouble(Separation::rocAuc).toArray()),
                mean(separations.stream().mapToDouble(Separation::averagePrecision).toArray()),
                mean(separations.stream().mapToDouble(Separation::kolmogorovSmirnov).toArray()),
                CalibrationBin.error(calibration, n),
                calibration);
    }

    /** The position of the largest; the first of equals. */
    public static int best(double[] probabilities) {
        int best = 0;
        for (int label = 1; label < probabilities.length; label++) {
            if (probabilities[label] > probabilities[best]) {
                best = label;
            }
        }
        return best;
    }

    private static void check(int[] truth, double[][] probabilities, int classes) {
        if (classes < 2) {
            throw new IllegalArgumentException("two classes at least are needed, got " + classes);
        }
        for (int i = 0; i < truth.length; i++) {
            if (truth[i] < 0 || truth[i] >= classes || probabilities[i].length != classes) {
                throw new IllegalArgumentException(
                        "row %d has class %d and %d probabilities; there are %d classes"
                                .formatted(i, truth[i], probabilities[i].length, classes));
            }
            for (double probability : probabilities[i]) {
                Inputs.probability(probability);
            }
        }
    }

    private static Separation separation(int[] truth, double[][] probabilities, int label) {
        boolean[] isClass = new boolean[truth.length];
        double[] scores = new double[truth.length];
        for (int i = 0; i < truth.length; i++) {
            isClass[i] = truth[i] == label;
            scores[i] = probabilities[i][label];
        }
        return Separation.of(isClass, scores);
    }

    private static List<CalibrationBin> calibration(
            int[] truth, double[][] probabilities, int[] predicted) {
        double[] said = new double[truth.length];
        boolean[] came = new boolean[truth.length];
        for (int i = 0; i < truth.length; i++) {
            int label = probabilities[i].length == 2 ? 1 : predicted[i];
            said[i] = probabilities[i][label];
            came[i] = truth[i] == label;
        }
        return CalibrationBin.of(came, said);
    }

    private static double logLoss(int[] truth, double[][] probabilities) {
        double sum = 0;
        for (int i = 0; i < truth.length; i++) {
            double p = probabilities[i][truth[i]];
            sum -= Math.log(Math.min(Math.max(p, LEAST), 1 - LEAST));
        }
        return sum / truth.length;
    }

    private static double brier(int[] truth, double[][] probabilities) {
        double sum = 0;
        for (int i = 0; i < truth.length; i++) {
            int classes = probabilities[i].length;
            for (int label = classes == 2 ? 1 : 0; label < classes; label++) {
                double miss = probabilities[i][label] - (truth[i] == label ? 1 : 0);
                sum += miss * miss;
            }
        }
        return sum / truth.length;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }
}
