package io.tidemark.server.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.server.model.Model;
import io.tidemark.server.model.ModelFile;
import io.tidemark.server.model.ModelRefusedException;
import io.tidemark.server.model.TreeModel;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import smile.base.cart.Loss;
import smile.base.cart.SplitRule;
import smile.data.DataFrame;
import smile.data.formula.Formula;
import smile.data.vector.DoubleVector;
import smile.data.vector.IntVector;

/** Our trees answer as Smile's, in every bit, also after they were a file. */
final class FlatTreesTest {
    private static final int ROWS = 400;
    private static final int WIDTH = 6;
    private static final Formula LABEL = Formula.lhs("label");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aForestOfNumbers(long seed) throws ModelRefusedException {
        Rows rows = new Rows(seed, 0);
        DataFrame data = rows.frame.merge(DoubleVector.of("label", rows.numbers));
        var theirs =
                smile.regression.RandomForest.fit(
                        LABEL, data, 20, 2, 8, 200, 3, 1.0, LongStream.range(seed, seed + 20));
        FlatTrees flat = new FlatTrees(0);
        List.of(theirs.trees()).forEach(tree -> flat.add(tree, 1));
        Model model = file(new TreeModel(WIDTH, 1, TreeModel.Sum.MEAN, 0, 1, flat.trees()));

        for (int i = 0; i < ROWS; i++) {
            assertSame(model.predict(rows.values[i]), theirs.predict(data.get(i)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void aForestOfClasses(int classes) throws ModelRefusedException {
        Rows rows = new Rows(classes, classes);
        DataFrame data = rows.frame.merge(IntVector.of("label", rows.labels));
        var theirs =
                smile.classification.RandomForest.fit(
                        LABEL,
                        data,
                        20,
                        2,
                        SplitRule.GINI,
                        8,
                        200,
                        3,
                        1.0,
                        null,
                        LongStream.range(1, 21));
        FlatTrees flat = new FlatTrees(classes);
        List.of(theirs.models()).forEach(one -> flat.add(one.tree, one.weight));
        Model model = file(new TreeModel(WIDTH, classes, TreeModel.Sum.SHARES, 0, 1, flat.trees()));

        double[] shares = new double[classes];
        for (int i = 0; i < ROWS; i++) {
            theirs.predict(data.get(i), shares);
            assertSame(model.predict(rows.values[i]), shares);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void boostedTreesOfNumbers(long seed) throws ModelRefusedException {
        Rows rows = new Rows(seed, 0);
        DataFrame data = rows.frame.merge(DoubleVector.of("label", rows.numbers));
        var theirs =
                smile.regression.GradientTreeBoost.fit(
                        LABEL, data, Loss.ls(), 30, 4, 16, 5, 0.1, 0.7);
        Model model = file(TreeFit.flat(WIDTH, theirs));

        for (int i = 0; i < ROWS; i++) {
            assertSame(model.predict(rows.values[i]), theirs.predict(data.get(i)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void boostedTreesOfClasses(int classes) throws ModelRefusedException {
        Rows rows = new Rows(classes, classes);
        DataFrame data = rows.frame.merge(IntVector.of("label", rows.labels));
        var theirs =
                smile.classification.GradientTreeBoost.fit(LABEL, data, 20, 4, 16, 5, 0.1, 0.7);
        Model model = file(TreeFit.flat(WIDTH, classes, theirs));

        double[] shares = new double[classes];
        for (int i = 0; i < ROWS; i++) {
            theirs.predict(data.get(i), shares);
            assertSame(model.predict(rows.values[i]), shares);
        }
    }

    private static Model file(Model model) throws ModelRefusedException {
        return ModelFile.read(ModelFile.write(model));
    }

    private static void assertSame(double[] ours, double... theirs) {
        assertThat(Arrays.stream(ours).mapToLong(Double::doubleToRawLongBits).toArray())
                .isEqualTo(Arrays.stream(theirs).mapToLong(Double::doubleToRawLongBits).toArray());
    }

    /** Rows whose label depends on two columns and chance. */
    private static final class Rows {
        private final double[][] values = new double[ROWS][WIDTH];
        private final double[] numbers = new double[ROWS];
        private final int[] labels = new int[ROWS];
        private final DataFrame frame;

        Rows(long seed, int classes) {
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < ROWS; i++) {
                for (int column = 0; column < WIDTH; column++) {
                    // Some values are equal, some tiny.
                    values[i][column] =
                            column < 2 ? random.nextInt(20) : random.nextDouble() * 1e-5;
                }
                numbers[i] = values[i][0] * values[i][1] + random.nextDouble();
                labels[i] =
                        classes == 0 ? 0 : (int) (values[i][0] + random.nextInt(classes)) % classes;
            }
            frame = TreeFit.frame(values);
        }
    }
}
