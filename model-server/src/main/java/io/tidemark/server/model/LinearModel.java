package io.tidemark.server.model;

/**
 * A number foretold by a weighted sum.
 *
 * @param weights one per input
 */
public record LinearModel(double intercept, double[] weights) implements Model {
    /** Checks the numbers. */
    public LinearModel {
        Arithmetic.require(weights.length > 0, "a linear model needs an input");
        Arithmetic.requireFinite("weights", weights);
        Arithmetic.requireFinite("the intercept", intercept);
    }

    @Override
    public int inputs() {
        return weights.length;
    }

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public long steps() {
        return weights.length;
    }

    @Override
    public void predict(double[] input, double[] output, double[] scratch) {
        output[0] = intercept + Arithmetic.dot(weights, 0, input, weights.length);
    }
}
