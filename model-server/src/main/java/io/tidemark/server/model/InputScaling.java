package io.tidemark.server.model;

/**
 * Makes features what a model is told: {@code (value - mean) / deviation}, with the numbers of the
 * rows it was fitted on. An undefined feature counts as its mean, so as 0. A feature that never
 * changed there is always 0.
 *
 * @param mean per feature
 * @param deviation per feature, over n; 0: it never changed
 */
public record InputScaling(double[] mean, double[] deviation) {
    /** Checks the numbers. */
    public InputScaling {
        Arithmetic.require(
                mean.length > 0 && mean.length == deviation.length,
                "every feature has a mean and a deviation");
        Arithmetic.requireFinite("means", mean);
        Arithmetic.requireFinite("deviations", deviation);
        for (double one : deviation) {
            Arithmetic.require(one >= 0, "a deviation is not negative");
        }
    }

    /**
     * The scaling of rows. A feature without any value has mean 0 and deviation 0. Two passes over
     * the rows.
     *
     * @param rows at least one; NaN is undefined
     */
    public static InputScaling of(double[][] rows) {
        int width = rows[0].length;
        double[] mean = new double[width];
        double[] deviation = new double[width];
        for (int column = 0; column < width; column++) {
            long count = 0;
            double sum = 0;
            for (double[] row : rows) {
                if (!Double.isNaN(row[column])) {
                    sum += row[column];
                    count++;
                }
            }
            if (count == 0) {
                continue;
            }
            mean[column] = sum / count;
            double squares = 0;
            for (double[] row : rows) {
                if (!Double.isNaN(row[column])) {
                    squares += (row[column] - mean[column]) * (row[column] - mean[column]);
                }
            }
            double spread = Math.sqrt(squares / count);
            // A constant's mean is rounded; what is left is not a spread.
            deviation[column] = spread > 1e-12 * Math.abs(mean[column]) ? spread : 0;
        }
        return new InputScaling(mean, deviation);
    }

    public int inputs() {
        return mean.length;
    }

    /** Into scaled, as long as the features; both may be one array. */
    public void scale(double[] features, double[] scaled) {
        for (int i = 0; i < mean.length; i++) {
            double value = features[i];
            scaled[i] =
                    Double.isNaN(value) || deviation[i] == 0 ? 0 : (value - mean[i]) / deviation[i];
        }
    }

    /** New rows, scaled. */
    public double[][] scaled(double[][] rows) {
        double[][] scaled = new double[rows.length][mean.length];
        for (int i = 0; i < rows.length; i++) {
            scale(rows[i], scaled[i]);
        }
        return scaled;
    }
}
