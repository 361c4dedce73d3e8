package io.tidemark.server.model;

/**
 * Probabilities of classes from weighted sums: of two classes the logistic function of one sum, of
 * more the softmax of a sum per class.
 *
 * @param intercepts one of two classes, else one per class
 * @param weights per intercept one per input, one after the other
 */
public record LogisticModel(int inputs, double[] intercepts, double[] weights) implements Model {
    /** Checks sizes and numbers. */
    public LogisticModel {
        Arithmetic.require(inputs > 0, "a logistic model needs an input");
        Arithmetic.require(
                intercepts.length == 1 || intercepts.length > 2,
                "a logistic model has one sum, or one for each of more than two classes");
        Arithmetic.require(
                weights.length == (long) inputs * intercepts.length,
                "a logistic model has a weight per input and sum");
        Arithmetic.requireFinite("weights", weights);
        Arithmetic.requireFinite("intercepts", intercepts);
    }

    @Override
    public int outputs() {
        return Math.max(2, intercepts.length);
    }

    @Override
    public long steps() {
        return weights.length;
    }

    @Override
    public void predict(double[] input, double[] output, double[] scratch) {
        if (intercepts.length == 1) {
            double sum = intercepts[0] + Arithmetic.dot(weights, 0, input, inputs);
            output[1] = 1 / (1 + Math.exp(-sum));
            output[0] = 1 / (1 + Math.exp(sum));
            return;
        }
        for (int label = 0; label < intercepts.length; label++) {
            output[label] =
                    intercepts[label] + Arithmetic.dot(weights, label * inputs, input, inputs);
        }
        Arithmetic.softmax(output);
    }
}
