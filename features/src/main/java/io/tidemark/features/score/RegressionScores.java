package io.tidemark.features.score;

import java.util.Arrays;

/**
 * Scores of predicted numbers. What is not defined (a correlation of constants) is NaN.
 *
 * @param meanSquaredError in squared units of the truth, as the root of it and the rest in its
 *     units
 * @param r2 1 less the share of the variance left; below 0 is worse than the mean of the truth
 * @param meanAbsolutePercentageError a share, 0.1 is 10 %; the truth counts as at least 2.2e-16
 * @param rankCorrelation Spearman's, equal values sharing their ranks: the rank information
 *     coefficient
 */
public record RegressionScores(
        int count,
        double meanSquaredError,
        double rootMeanSquaredError,
        double meanAbsoluteError,
        double medianAbsoluteError,
        double maxError,
        double meanAbsolutePercentageError,
        double r2,
        double explainedVariance,
        double rankCorrelation,
        double correlation) {
    private static final double LEAST_TRUTH = Math.ulp(1.0);

    /**
     * O(n log n).
     *
     * @throws IllegalArgumentException for no values, numbers that are not finite, or two lengths
     */
    public static RegressionScores of(double[] truth, double[] predicted) {
        int n = Inputs.sameLength(truth.length, predicted.length);
        double[] errors = new double[n];
        double squares = 0;
        double absolutes = 0;
        double shares = 0;
        for (int i = 0; i < n; i++) {
            Inputs.finite(truth[i]);
            Inputs.finite(predicted[i]);
            double error = truth[i] - predicted[i];
            squares += error * error;
            absolutes += Math.abs(error);
            shares += Math.abs(error) / Math.max(Math.abs(truth[i]), LEAST_TRUTH);
            errors[i] = error;
        }
        double spread = squaredDeviations(truth);
        double left = squaredDeviations(errors);
        double[] sorted = Arrays.stream(errors).map(Math::abs).sorted().toArray();
        return new RegressionScores(
                n,
                squares / n,
                Math.sqrt(squares / n),
                absolutes / n,
                (sorted[(n - 1) / 2] + sorted[n / 2]) / 2,
                sorted[n - 1],
                shares / n,
                spread == 0 ? Double.NaN : 1 - squares / spread,
                spread == 0 ? Double.NaN : 1 - left / spread,
                correlation(Ranks.of(truth), Ranks.of(predicted)),
                correlation(truth, predicted));
    }

    private static double squaredDeviations(double[] values) {
        double mean = mean(values);
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return sum;
    }

    private static double correlation(double[] a, double[] b) {
        double meanA = mean(a);
        double meanB = mean(b);
        double together = 0;
        double ofA = 0;
        double ofB = 0;
        for (int i = 0; i < a.length; i++) {
            together += (a[i] - meanA) * (b[i] - meanB);
            ofA += (a[i] - meanA) * (a[i] - meanA);
            ofB += (b[i] - meanB) * (b[i] - meanB);
        }
        double scale = Math.sqrt(ofA) * Math.sqrt(ofB);
        return scale == 0 ? Double.NaN : together / scale;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
