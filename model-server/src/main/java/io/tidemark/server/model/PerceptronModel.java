package io.tidemark.server.model;

/**
 * One hidden layer of rectified sums, then a weighted sum of these: a number, or by softmax
 * probabilities.
 *
 * @param hidden how many units
 * @param hiddenWeights per unit one per input, then its bias
 * @param outputWeights per output one per unit, then its bias
 */
public record PerceptronModel(
        int inputs, int hidden, int outputs, double[] hiddenWeights, double[] outputWeights)
        implements Model {
    /** Checks sizes and numbers. */
    public PerceptronModel {
        Arithmetic.require(
                inputs > 0 && hidden > 0 && outputs > 0, "a perceptron has inputs, units, outputs");
        Arithmetic.require(
                hiddenWeights.length == (inputs + 1L) * hidden
                        && outputWeights.length == (hidden + 1L) * outputs,
                "a perceptron has a weight per connection, and a bias per unit");
        Arithmetic.requireFinite("weights", hiddenWeights);
        Arithmetic.requireFinite("weights", outputWeights);
    }

    @Override
    public long steps() {
        return (long) hiddenWeights.length + outputWeights.length;
    }

    @Override
    public int scratch() {
        return hidden;
    }

    @Override
    public void predict(double[] input, double[] output, double[] scratch) {
        for (int unit = 0; unit < hidden; unit++) {
            int at = unit * (inputs + 1);
            double sum =
                    hiddenWeights[at + inputs] + Arithmetic.dot(hiddenWeights, at, input, inputs);
            scratch[unit] = Math.max(0, sum);
        }
        for (int out = 0; out < outputs; out++) {
            int at = out * (hidden + 1);
            output[out] =
                    outputWeights[at + hidden] + Arithmetic.dot(outputWeights, at, scratch, hidden);
        }
        if (outputs > 1) {
            Arithmetic.softmax(output);
        }
    }
}
