package io.tidemark.schemas.registry;

/**
 * How a feature's value is scaled for a model. Rows always hold the raw value; NaN stays NaN under
 * each of these.
 */
public sealed interface Normalization {
    /** The scaled value. */
    double apply(double value);

    /** The value as it is. */
    record None() implements Normalization {
        @Override
        public double apply(double value) {
            return value;
        }
    }

    /**
     * {@code (value - mean) / std}.
     *
     * @param std positive
     */
    record ZScore(double mean, double std) implements Normalization {
        @Override
        public double apply(double value) {
            return (value - mean) / std;
        }
    }

    /**
     * {@code (value - min) / (max - min)}: 0 at min, 1 at max, not clipped.
     *
     * @param max above min
     */
    record MinMax(double min, double max) implements Normalization {
        @Override
        public double apply(double value) {
            return (value - min) / (max - min);
        }
    }
}
