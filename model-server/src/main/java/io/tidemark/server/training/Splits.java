package io.tidemark.server.training;

/**
 * What a model is fitted on, chosen on, and reported on.
 *
 * @param train at least two rows
 * @param validation at least one
 * @param test may be empty
 */
public record Splits(Rows train, Rows validation, Rows test) {
    /** Checks that there is what is needed. */
    public Splits {
        if (train.count() < 2 || validation.count() < 1) {
            throw new IllegalArgumentException(
                    "fitting needs rows in train and in validation; there are %d and %d"
                            .formatted(train.count(), validation.count()));
        }
    }
}
