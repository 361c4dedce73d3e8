package io.tidemark.server.predictions;

import io.tidemark.server.models.ModelPackage;
import org.jspecify.annotations.Nullable;

/**
 * What a model's numbers mean.
 *
 * <p>Of a model of classes: probabilities are its own, summed over the classes above and below 0;
 * the prediction is the most probable class; confidence is its probability; risk is the entropy of
 * the probabilities as a share of the most there can be. Of a model of numbers: the prediction is
 * the number; errors are taken as normal with the deviation they had on validation, and up and down
 * are the probabilities of a number above and below 0; confidence is the larger of them; risk is
 * that deviation; the expected return is the number where it is a return.
 *
 * @param flat of models of classes that have a class 0
 */
public record Outlook(
        double prediction,
        double confidence,
        double up,
        double down,
        @Nullable Double flat,
        @Nullable Double expectedReturn,
        double risk) {

    /** Of a model with that label and those outputs. */
    public static Outlook of(ModelPackage.Label label, double[] output) {
        return label.classes().length > 0
                ? classes(label.classes(), output)
                : number(label, output[0]);
    }

    private static Outlook classes(double[] classes, double[] shares) {
        int best = 0;
        double up = 0;
        double down = 0;
        Double flat = null;
        double entropy = 0;
        for (int i = 0; i < classes.length; i++) {
            if (classes[i] > 0) {
                up += shares[i];
            } else if (classes[i] < 0) {
                down += shares[i];
            } else {
                flat = shares[i];
            }
            if (shares[i] > 0) {
                entropy -= shares[i] * Math.log(shares[i]);
            }
            best = shares[i] > shares[best] ? i : best;
        }
        return new Outlook(
                classes[best],
                shares[best],
                up,
                down,
                flat,
                null,
                entropy / Math.log(classes.length));
    }

    private static Outlook number(ModelPackage.Label label, double value) {
        double deviation = label.residualDeviation();
        double up = deviation > 0 ? normal(value / deviation) : value > 0 ? 1 : 0;
        return new Outlook(
                value, Math.max(up, 1 - up), up, 1 - up, null, asReturn(label, value), deviation);
    }

    private static @Nullable Double asReturn(ModelPackage.Label label, double value) {
        return switch (label.type()) {
            case "returns" -> value;
            case "log_returns" -> Math.expm1(value);
            default -> null;
        };
    }

    /**
     * The standard normal distribution function, to 7.5e-8. Abramowitz and Stegun, Handbook of
     * Mathematical Functions (1964), 26.2.17.
     */
    static double normal(double z) {
        double t = 1 / (1 + 0.2316419 * Math.abs(z));
        double tail =
                Math.exp(-z * z / 2)
                        / Math.sqrt(2 * Math.PI)
                        * t
                        * (0.319381530
                                + t
                                        * (-0.356563782
                                                + t
                                                        * (1.781477937
                                                                + t
                                                                        * (-1.821255978
                                                                                + t
                                                                                        * 1.330274429))));
        return z >= 0 ? 1 - tail : tail;
    }
}
