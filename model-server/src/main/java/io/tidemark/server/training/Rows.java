package io.tidemark.server.training;

/**
 * Rows of one split, by rising time.
 *
 * @param timesMicros T per row
 * @param features per row as the engine made them; NaN is undefined
 * @param labels per row, finite
 */
public record Rows(long[] timesMicros, double[][] features, double[] labels) {
    /** Checks the lengths. */
    public Rows {
        if (timesMicros.length != features.length || labels.length != features.length) {
            throw new IllegalArgumentException("every row has a time, features and a label");
        }
    }

    /** How many. */
    public int count() {
        return labels.length;
    }
}
