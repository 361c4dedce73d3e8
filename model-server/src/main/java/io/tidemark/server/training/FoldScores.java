package io.tidemark.server.training;

/**
 * The chosen candidate fitted anew on one fold: whether a choice made on the last fold holds on
 * others. NaN where a fold has no rows of a split.
 *
 * @param fold its number
 * @param trainRows it was fitted on
 * @param validationLoss of the model
 * @param validationBaseline the least loss of a baseline
 * @param testLoss of the model
 * @param testBaseline the least loss of a baseline
 */
public record FoldScores(
        int fold,
        int trainRows,
        double validationLoss,
        double validationBaseline,
        double testLoss,
        double testBaseline) {}
