package io.tidemark.server.training;

import io.tidemark.server.model.LogisticModel;

/**
 * The least sum of weighted log losses plus half the penalty times the sum of squares of weights,
 * by Newton's method with halved steps. Intercepts are not penalised. Of two classes there is one
 * sum, of more one per class, alike; their intercepts then sum to 0. O(rows x columns^2 x
 * classes^2) a step, some ten steps.
 */
final class LogisticFit {
    private static final int MOST_STEPS = 100;
    private static final int MOST_HALVINGS = 40;
    private static final double STILL = 1e-10;

    private final double[][] scaled;
    private final int[] labels;
    private final double[] rowWeights;
    private final double penalty;
    private final int sums;
    private final int width;
    private final double[] probabilities;

    private LogisticFit(
            double[][] scaled, int[] labels, int classes, double[] classWeights, double penalty) {
        this.scaled = scaled;
        this.labels = labels;
        this.rowWeights = classWeights;
        this.penalty = penalty;
        this.sums = classes == 2 ? 1 : classes;
        this.width = scaled[0].length + 1;
        this.probabilities = new double[sums];
    }

    /**
     * @param classWeights what a row of each class counts
     * @param penalty more than 0
     */
    static LogisticModel fit(
            double[][] scaled, int[] labels, int classes, double[] classWeights, double penalty) {
        if (!(penalty > 0)) {
            throw new IllegalArgumentException(
                    "logistic regression needs a penalty above 0, got " + penalty);
        }
        LogisticFit fit = new LogisticFit(scaled, labels, classes, classWeights, penalty);
        return fit.model(fit.minimum());
    }

    private double[] minimum() {
        double[] at = new double[sums * width];
        double loss = loss(at);
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] direction = new double[at.length];
            double[][] curvature = new double[at.length][at.length];
            derive(at, direction, curvature);
            Cholesky.solve(curvature, direction);
            double share = 1;
            double[] next = stepped(at, direction, share);
            double nextLoss = loss(next);
            for (int i = 0; i < MOST_HALVINGS && !(nextLoss <= loss); i++) {
                share /= 2;
                next = stepped(at, direction, share);
                nextLoss = loss(next);
            }
            if (!(nextLoss <= loss)) {
                return at;
            }
            double farthest = 0;
            double largest = 1;
            for (int i = 0; i < at.length; i++) {
                farthest = Math.max(farthest, Math.abs(next[i] - at[i]));
                largest = Math.max(largest, Math.abs(next[i]));
            }
            at = next;
            loss = nextLoss;
            if (farthest <= STILL * largest) {
                return at;
            }
        }
        return at;
    }

    private static double[] stepped(double[] at, double[] direction, double share) {
        double[] next = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            next[i] = at[i] - share * direction[i];
        }
        return next;
    }

    private double loss(double[] at) {
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            sum += rowWeights[labels[i]] * rowLoss(at, i);
        }
        double squares = 0;
        double intercepts = 0;
        for (int s = 0; s < sums; s++) {
            for (int a = 0; a < width - 1; a++) {
                squares += at[s * width + a] * at[s * width + a];
            }
            intercepts += at[s * width + width - 1];
        }
        return sum + penalty * squares / 2 + (sums > 1 ? intercepts * intercepts / 2 : 0);
    }

    /** Leaves the probabilities of the row: of the second of two classes, else of each. */
    private double rowLoss(double[] at, int row) {
        for (int s = 0; s < sums; s++) {
            double sum = at[s * width + width - 1];
            for (int a = 0; a < width - 1; a++) {
                sum += at[s * width + a] * scaled[row][a];
            }
            probabilities[s] = sum;
        }
        if (sums == 1) {
            double signed = labels[row] == 1 ? probabilities[0] : -probabilities[0];
            probabilities[0] = 1 / (1 + Math.exp(-probabilities[0]));
            return signed > 0
                    ? Math.log1p(Math.exp(-signed))
                    : Math.log1p(Math.exp(signed)) - signed;
        }
        double max = Double.NEGATIVE_INFINITY;
        for (double sum : probabilities) {
            max = Math.max(max, sum);
        }
        double own = probabilities[labels[row]];
        double all = 0;
        for (int s = 0; s < sums; s++) {
            probabilities[s] = Math.exp(probabilities[s] - max);
            all += probabilities[s];
        }
        for (int s = 0; s < sums; s++) {
            probabilities[s] /= all;
        }
        return Math.log(all) + max - own;
    }

    private void derive(double[] at, double[] gradient, double[][] curvature) {
        for (int i = 0; i < labels.length; i++) {
            double ignored = rowLoss(at, i);
            double weight = rowWeights[labels[i]];
            for (int s = 0; s < sums; s++) {
                double truth = labels[i] == (sums == 1 ? 1 : s) ? 1 : 0;
                add(gradient, s, i, weight * (probabilities[s] - truth));
                for (int t = 0; t <= s; t++) {
                    double share = probabilities[s] * ((s == t ? 1 : 0) - probabilities[t]);
                    add(curvature, s, t, i, weight * share);
                }
            }
        }
        double intercepts = 0;
        for (int s = 0; s < sums; s++) {
            intercepts += at[s * width + width - 1];
        }
        for (int s = 0; s < sums; s++) {
            for (int a = 0; a < width - 1; a++) {
                gradient[s * width + a] += penalty * at[s * width + a];
                curvature[s * width + a][s * width + a] += penalty;
            }
            // The losses do not know a number added to all intercepts: hold their sum at 0.
            if (sums > 1) {
                gradient[s * width + width - 1] += intercepts;
                for (int t = 0; t <= s; t++) {
                    curvature[s * width + width - 1][t * width + width - 1] += 1;
                }
            }
        }
        // Of a block of two sums only the lower half was added up; it is symmetric in itself.
        for (int s = 0; s < sums; s++) {
            for (int t = 0; t < s; t++) {
                for (int a = 0; a < width; a++) {
                    for (int b = a + 1; b < width; b++) {
                        curvature[s * width + a][t * width + b] =
                                curvature[s * width + b][t * width + a];
                    }
                }
            }
        }
    }

    private void add(double[] gradient, int s, int row, double factor) {
        for (int a = 0; a < width - 1; a++) {
            gradient[s * width + a] += factor * scaled[row][a];
        }
        gradient[s * width + width - 1] += factor;
    }

    private void add(double[][] curvature, int s, int t, int row, double factor) {
        double[] values = scaled[row];
        for (int a = 0; a < width; a++) {
            double scaledFactor = factor * (a == width - 1 ? 1 : values[a]);
            double[] to = curvature[s * width + a];
            int at = t * width;
            int end = Math.min(a, width - 2);
            for (int b = 0; b <= end; b++) {
                to[at + b] += scaledFactor * values[b];
            }
            if (a == width - 1) {
                to[at + a] += scaledFactor;
            }
        }
    }

    private LogisticModel model(double[] at) {
        double[] intercepts = new double[sums];
        double[] weights = new double[sums * (width - 1)];
        for (int s = 0; s < sums; s++) {
            intercepts[s] = at[s * width + width - 1];
            System.arraycopy(at, s * width, weights, s * (width - 1), width - 1);
        }
        return new LogisticModel(width - 1, intercepts, weights);
    }
}
