package io.tidemark.features.score;

/** What scores refuse. */
final class Inputs {
    private Inputs() {}

    static int sameLength(int truth, int predicted) {
        if (truth != predicted || truth == 0) {
            throw new IllegalArgumentException(
                    "as many predictions as truths are needed, and one at least; got %d and %d"
                            .formatted(predicted, truth));
        }
        return truth;
    }

    static void finite(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("only finite numbers are scored, got " + value);
        }
    }

    static void probability(double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("a probability is from 0 to 1, got " + value);
        }
    }
}
