package io.tidemark.server.training;

import io.tidemark.server.model.PerceptronModel;
import java.util.SplittableRandom;

/**
 * A perceptron by Adam (Kingma, Ba 2015) on small batches, weights begun as He et al. (2015). One
 * thread, so that a seed gives the same bits. O(epochs x rows x inputs x units).
 */
final class PerceptronFit {
    private static final int BATCH = 64;
    private static final double FIRST = 0.9;
    private static final double SECOND = 0.999;
    private static final double TINY = 1e-8;

    private final int inputs;
    private final int units;
    private final int outputs;
    private final Hyperparameters parameters;
    private final Weights hidden;
    private final Weights output;
    private final double[] activity;
    private final double[] answer;
    private final double[] blame;

    private PerceptronFit(
            int inputs, int outputs, Hyperparameters parameters, SplittableRandom random) {
        this.inputs = inputs;
        this.units = parameters.units();
        this.outputs = outputs;
        this.parameters = parameters;
        this.hidden = new Weights(inputs, units, random);
        this.output = new Weights(units, outputs, random);
        this.activity = new double[units];
        this.answer = new double[outputs];
        this.blame = new double[units];
    }

    /**
     * Of classes, when there are more than one output: labels are their numbers. Else of numbers,
     * which are scaled for the fit alone.
     */
    static PerceptronModel fit(
            double[][] scaled,
            double[] labels,
            int outputs,
            Hyperparameters parameters,
            SplittableRandom random) {
        PerceptronFit fit = new PerceptronFit(scaled[0].length, outputs, parameters, random);
        double mean = 0;
        double spread = 1;
        if (outputs == 1) {
            double sum = 0;
            for (double label : labels) {
                sum += label;
            }
            mean = sum / labels.length;
            double squares = 0;
            for (double label : labels) {
                squares += (label - mean) * (label - mean);
            }
            spread = squares == 0 ? 1 : Math.sqrt(squares / labels.length);
        }
        double[] targets = new double[labels.length];
        for (int i = 0; i < labels.length; i++) {
            targets[i] = (labels[i] - mean) / spread;
        }
        fit.run(scaled, targets, random);
        double[] last = fit.output.values.clone();
        if (outputs == 1) {
            for (int i = 0; i < last.length; i++) {
                last[i] *= spread;
            }
            last[last.length - 1] += mean;
        }
        return new PerceptronModel(fit.inputs, fit.units, outputs, fit.hidden.values, last);
    }

    private void run(double[][] scaled, double[] targets, SplittableRandom random) {
        int[] order = new int[targets.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        int step = 0;
        for (int epoch = 0; epoch < parameters.epochs(); epoch++) {
            for (int i = order.length - 1; i > 0; i--) {
                int other = random.nextInt(i + 1);
                int kept = order[i];
                order[i] = order[other];
                order[other] = kept;
            }
            for (int from = 0; from < order.length; from += BATCH) {
                int to = Math.min(from + BATCH, order.length);
                for (int i = from; i < to; i++) {
                    learn(scaled[order[i]], targets[order[i]]);
                }
                step++;
                hidden.move(step, to - from, parameters);
                output.move(step, to - from, parameters);
            }
        }
    }

    private void learn(double[] input, double target) {
        for (int unit = 0; unit < units; unit++) {
            activity[unit] = Math.max(0, hidden.sum(unit, input));
            blame[unit] = 0;
        }
        for (int out = 0; out < outputs; out++) {
            answer[out] = output.sum(out, activity);
        }
        if (outputs > 1) {
            softmax();
        }
        for (int out = 0; out < outputs; out++) {
            double error = answer[out] - (outputs == 1 ? target : out == (int) target ? 1 : 0);
            output.add(out, activity, error);
            for (int unit = 0; unit < units; unit++) {
                blame[unit] += error * output.values[out * (units + 1) + unit];
            }
        }
        for (int unit = 0; unit < units; unit++) {
            if (activity[unit] > 0) {
                hidden.add(unit, input, blame[unit]);
            }
        }
    }

    private void softmax() {
        double max = Double.NEGATIVE_INFINITY;
        for (double one : answer) {
            max = Math.max(max, one);
        }
        double all = 0;
        for (int out = 0; out < outputs; out++) {
            answer[out] = Math.exp(answer[out] - max);
            all += answer[out];
        }
        for (int out = 0; out < outputs; out++) {
            answer[out] /= all;
        }
    }

    /** One layer: its weights, the batch's gradient, and Adam's two means. */
    private static final class Weights {
        private final int from;
        private final double[] values;
        private final double[] gradient;
        private final double[] mean;
        private final double[] square;

        Weights(int from, int to, SplittableRandom random) {
            this.from = from;
            values = new double[(from + 1) * to];
            gradient = new double[values.length];
            mean = new double[values.length];
            square = new double[values.length];
            double scale = Math.sqrt(2.0 / from);
            for (int i = 0; i < values.length; i++) {
                values[i] = i % (from + 1) == from ? 0 : scale * random.nextGaussian();
            }
        }

        double sum(int to, double[] input) {
            int at = to * (from + 1);
            double sum = values[at + from];
            for (int i = 0; i < from; i++) {
                sum += values[at + i] * input[i];
            }
            return sum;
        }

        void add(int to, double[] input, double factor) {
            int at = to * (from + 1);
            for (int i = 0; i < from; i++) {
                gradient[at + i] += factor * input[i];
            }
            gradient[at + from] += factor;
        }

        void move(int step, int rows, Hyperparameters parameters) {
            double firstBias = 1 - Math.pow(FIRST, step);
            double secondBias = 1 - Math.pow(SECOND, step);
            for (int i = 0; i < values.length; i++) {
                boolean bias = i % (from + 1) == from;
                double slope = gradient[i] / rows + (bias ? 0 : parameters.penalty() * values[i]);
                gradient[i] = 0;
                mean[i] = FIRST * mean[i] + (1 - FIRST) * slope;
                square[i] = SECOND * square[i] + (1 - SECOND) * slope * slope;
                values[i] -=
                        parameters.rate()
                                * (mean[i] / firstBias)
                                / (Math.sqrt(square[i] / secondBias) + TINY);
            }
        }
    }
}
