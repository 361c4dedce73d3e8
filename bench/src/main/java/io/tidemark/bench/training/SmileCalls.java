package io.tidemark.bench.training;

import io.tidemark.server.training.Algorithm;
import io.tidemark.server.training.Hyperparameters;
import io.tidemark.server.training.Rows;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import smile.base.cart.Loss;
import smile.base.cart.SplitRule;
import smile.data.DataFrame;
import smile.data.formula.Formula;
import smile.data.vector.DoubleVector;
import smile.data.vector.IntVector;
import smile.math.MathEx;

/**
 * The same fit by one call of Smile, as anybody would write it. Its weighted sums of numbers and
 * its perceptron need OpenBLAS, which Tidemark does not ship: for those there is no call.
 */
final class SmileCalls {
    private static final String LABEL = "label";

    private SmileCalls() {}

    /** The call, its table made before; empty when Smile has none that runs here. */
    static Optional<Runnable> of(
            Algorithm algorithm, Rows train, boolean classes, Hyperparameters with) {
        int[] positions = new int[train.count()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = (int) train.labels()[i] + 1;
        }
        DataFrame table = table(train, classes, positions);
        Formula label = Formula.lhs(LABEL);
        int width = train.features()[0].length;
        MathEx.setSeed(1);
        return Optional.ofNullable(
                switch (algorithm) {
                    case LOGISTIC ->
                            () ->
                                    smile.classification.LogisticRegression.fit(
                                            train.features(), positions, with.penalty(), 1e-5, 500);
                    case RANDOM_FOREST ->
                            classes
                                    ? () ->
                                            smile.classification.RandomForest.fit(
                                                    label,
                                                    table,
                                                    with.trees(),
                                                    (int) Math.sqrt(width),
                                                    SplitRule.GINI,
                                                    with.depth(),
                                                    with.leaves(),
                                                    with.leafRows(),
                                                    1.0,
                                                    null,
                                                    new SplittableRandom(1)
                                                            .longs(with.trees(), 1, Long.MAX_VALUE))
                                    : () ->
                                            smile.regression.RandomForest.fit(
                                                    label,
                                                    table,
                                                    with.trees(),
                                                    width / 3,
                                                    with.depth(),
                                                    with.leaves(),
                                                    with.leafRows(),
                                                    1.0,
                                                    new SplittableRandom(1)
                                                            .longs(
                                                                    with.trees(),
                                                                    1,
                                                                    Long.MAX_VALUE));
                    case BOOSTED_TREES ->
                            classes
                                    ? () ->
                                            smile.classification.GradientTreeBoost.fit(
                                                    label,
                                                    table,
                                                    with.trees(),
                                                    with.depth(),
                                                    with.leaves(),
                                                    with.leafRows(),
                                                    with.rate(),
                                                    with.sample())
                                    : () ->
                                            smile.regression.GradientTreeBoost.fit(
                                                    label,
                                                    table,
                                                    Loss.ls(),
                                                    with.trees(),
                                                    with.depth(),
                                                    with.leaves(),
                                                    with.leafRows(),
                                                    with.rate(),
                                                    with.sample());
                    case RIDGE, ELASTIC_NET, PERCEPTRON -> null;
                });
    }

    private static DataFrame table(Rows train, boolean classes, int[] positions) {
        DataFrame columns =
                DataFrame.of(
                        train.features(),
                        IntStream.range(0, train.features()[0].length)
                                .mapToObj(column -> "x" + column)
                                .toArray(String[]::new));
        return classes
                ? columns.merge(IntVector.of(LABEL, positions))
                : columns.merge(DoubleVector.of(LABEL, train.labels()));
    }
}
