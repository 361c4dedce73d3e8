package io.tidemark.server.training;

import io.tidemark.server.model.LinearModel;

/**
 * Weighted sums. Rows are scaled; the intercept is not penalised. Both work on the products of
 * centred columns: O(rows x columns^2), then nothing depends on the rows.
 */
final class LinearFit {
    private static final int MOST_PASSES = 10_000;
    private static final double STILL = 1e-12;

    private final int rows;
    private final double[] means;
    private final double meanLabel;
    private final double[][] products;
    private final double[] withLabel;

    private LinearFit(double[][] scaled, double[] labels) {
        rows = labels.length;
        int width = scaled[0].length;
        means = new double[width];
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            sum += labels[i];
            for (int a = 0; a < width; a++) {
                means[a] += scaled[i][a];
            }
        }
        meanLabel = sum / rows;
        for (int a = 0; a < width; a++) {
            means[a] /= rows;
        }
        products = new double[width][width];
        withLabel = new double[width];
        double[] centred = new double[width];
        for (int i = 0; i < rows; i++) {
            for (int a = 0; a < width; a++) {
                centred[a] = scaled[i][a] - means[a];
                withLabel[a] += centred[a] * (labels[i] - meanLabel);
                for (int b = 0; b <= a; b++) {
                    products[a][b] += centred[a] * centred[b];
                }
            }
        }
        for (int a = 0; a < width; a++) {
            for (int b = 0; b < a; b++) {
                products[b][a] = products[a][b];
            }
        }
    }

    /** The least sum of squares of errors plus penalty times the sum of squares of weights. */
    static LinearModel ridge(double[][] scaled, double[] labels, double penalty) {
        LinearFit fit = new LinearFit(scaled, labels);
        double[] weights = fit.withLabel.clone();
        for (int a = 0; a < weights.length; a++) {
            // A column that never changes has no product with anything, and gets no weight.
            fit.products[a][a] += fit.products[a][a] == 0 ? 1 : penalty;
        }
        Cholesky.solve(fit.products, weights);
        return fit.model(weights);
    }

    /**
     * The least of: half the mean square of errors, plus penalty times (l1Share times the sum of
     * absolute weights, plus half the rest times the sum of their squares), by coordinate descent
     * (Friedman, Hastie, Tibshirani 2010).
     */
    static LinearModel elasticNet(
            double[][] scaled, double[] labels, double penalty, double l1Share) {
        return new LinearFit(scaled, labels).descend(penalty, l1Share);
    }

    /** The same, the penalty as a share of the least one that makes every weight 0. */
    static LinearModel elasticNetOfShare(
            double[][] scaled, double[] labels, double share, double l1Share) {
        LinearFit fit = new LinearFit(scaled, labels);
        double most = 0;
        for (double product : fit.withLabel) {
            most = Math.max(most, Math.abs(product) / fit.rows);
        }
        return fit.descend(share * most / l1Share, l1Share);
    }

    private LinearModel descend(double penalty, double l1Share) {
        double[] weights = new double[means.length];
        double[] left = withLabel.clone();
        double flat = penalty * l1Share * rows;
        double square = penalty * (1 - l1Share) * rows;
        for (int pass = 0; pass < MOST_PASSES; pass++) {
            double largest = 0;
            double farthest = 0;
            for (int a = 0; a < weights.length; a++) {
                if (products[a][a] == 0) {
                    continue;
                }
                double pull = left[a] + products[a][a] * weights[a];
                double weight =
                        Math.signum(pull)
                                * Math.max(0, Math.abs(pull) - flat)
                                / (products[a][a] + square);
                double step = weight - weights[a];
                if (step != 0) {
                    for (int b = 0; b < weights.length; b++) {
                        left[b] -= step * products[a][b];
                    }
                    weights[a] = weight;
                }
                farthest = Math.max(farthest, Math.abs(step));
                largest = Math.max(largest, Math.abs(weight));
            }
            if (farthest <= STILL * largest) {
                break;
            }
        }
        return model(weights);
    }

    private LinearModel model(double[] weights) {
        double intercept = meanLabel;
        for (int a = 0; a < weights.length; a++) {
            intercept -= weights[a] * means[a];
        }
        return new LinearModel(intercept, weights);
    }
}
