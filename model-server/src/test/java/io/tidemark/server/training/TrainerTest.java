package io.tidemark.server.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.features.score.ClassificationScores;
import io.tidemark.server.model.InputScaling;
import io.tidemark.server.model.LinearModel;
import io.tidemark.server.model.ModelFile;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** Fitting as a whole: the same bits again, skill where there is some, none where there is none. */
final class TrainerTest {
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");
    private static final long SECOND = 1_000_000;

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void aSeedGivesTheSameBits(Algorithm algorithm) {
        boolean classes = algorithm.fits(true);
        Splits splits = market(1, 400, classes, 1);
        Trainer trainer = new Trainer(NAMES, algorithm, false, 7);

        TrainingResult one = trainer.train(splits, target(splits, classes), done -> {});
        TrainingResult two = trainer.train(splits, target(splits, classes), done -> {});

        assertThat(ModelFile.write(one.model())).isEqualTo(ModelFile.write(two.model()));
        assertThat(one.importance()).isEqualTo(two.importance());
    }

    @ParameterizedTest
    @EnumSource(value = Algorithm.class, mode = Mode.EXCLUDE, names = "LOGISTIC")
    void aPlantedSignalInNumbersIsFound(Algorithm algorithm) {
        Splits splits = market(2, 2_000, false, 1);

        TrainingResult result =
                new Trainer(NAMES, algorithm, false, 1)
                        .train(splits, target(splits, false), done -> {});

        assertThat(Objects.requireNonNull(result.validation().regression()).r2())
                .isGreaterThan(0.5);
        assertThat(result.validation().loss()).isLessThan(result.bestBaselineLoss());
        assertTheSignalMatters(result.importance());
    }

    @ParameterizedTest
    @EnumSource(
            value = Algorithm.class,
            names = {"LOGISTIC", "RANDOM_FOREST", "BOOSTED_TREES", "PERCEPTRON"})
    void aPlantedSignalInClassesIsFound(Algorithm algorithm) {
        Splits splits = market(3, 2_000, true, 1);

        TrainingResult result =
                new Trainer(NAMES, algorithm, false, 1)
                        .train(splits, target(splits, true), done -> {});

        assertThat(classification(result.validation()).rocAuc()).isGreaterThan(0.8);
        assertThat(classification(Objects.requireNonNull(result.test())).rocAuc())
                .isGreaterThan(0.8);
        assertThat(result.validation().loss()).isLessThan(result.bestBaselineLoss());
        assertTheSignalMatters(result.importance());
    }

    @ParameterizedTest
    @EnumSource(
            value = Algorithm.class,
            names = {"LOGISTIC", "RANDOM_FOREST", "BOOSTED_TREES", "PERCEPTRON"})
    void labelsDealtOutByChanceGiveNoSkill(Algorithm algorithm) {
        Splits splits = market(4, 6_000, true, 0);

        TrainingResult result =
                new Trainer(NAMES, algorithm, false, 1)
                        .train(splits, target(splits, true), done -> {});

        assertThat(classification(Objects.requireNonNull(result.test())).rocAuc())
                .isCloseTo(0.5, within(0.02));
    }

    @Test
    void scalingKnowsTrainAlone() {
        Splits splits = market(5, 300, false, 1);
        Rows moved =
                new Rows(
                        splits.validation().timesMicros(),
                        Arrays.stream(splits.validation().features())
                                .map(row -> Arrays.stream(row).map(v -> 100 * v + 7).toArray())
                                .toArray(double[][]::new),
                        splits.validation().labels());

        TrainingResult result =
                new Trainer(NAMES, Algorithm.RIDGE, false, 1)
                        .train(
                                new Splits(splits.train(), moved, splits.test()),
                                target(splits, false),
                                done -> {});

        double[][] train = splits.train().features();
        for (int column = 0; column < NAMES.size(); column++) {
            int at = column;
            double[] values =
                    Arrays.stream(train)
                            .mapToDouble(row -> row[at])
                            .filter(v -> !Double.isNaN(v))
                            .toArray();
            double mean = Arrays.stream(values).average().orElseThrow();
            double variance =
                    Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
            assertThat(result.scaling().mean()[at]).isCloseTo(mean, within(1e-12));
            assertThat(result.scaling().deviation()[at])
                    .isCloseTo(Math.sqrt(variance), within(1e-12));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Algorithm.class,
            names = {"LOGISTIC", "RANDOM_FOREST", "BOOSTED_TREES", "PERCEPTRON"})
    void balancedClassesFindTheRareOneMoreOften(Algorithm algorithm) {
        Splits splits = rare(6, 3_000);
        Target target = target(splits, true);

        double plain =
                recallOfRare(
                        new Trainer(NAMES, algorithm, false, 1).train(splits, target, d -> {}));
        double balanced =
                recallOfRare(new Trainer(NAMES, algorithm, true, 1).train(splits, target, d -> {}));

        assertThat(balanced).isGreaterThan(plain + 0.1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.1, 0.5})
    void theElasticNetIsAtTheLeast(double penalty) {
        Splits splits = market(8, 500, false, 1);
        InputScaling scaling = InputScaling.of(splits.train().features());
        double[][] rows = scaling.scaled(splits.train().features());
        double[] labels = splits.train().labels();

        LinearModel model = LinearFit.elasticNet(rows, labels, penalty, 0.5);

        // The subgradient: 0 where there is a weight, within the penalty where there is none.
        for (int column = 0; column < NAMES.size(); column++) {
            double slope = 0;
            for (int i = 0; i < rows.length; i++) {
                slope += (labels[i] - model.predict(rows[i])[0]) * rows[i][column] / rows.length;
            }
            double weight = model.weights()[column];
            slope -= penalty * 0.5 * weight;
            if (weight == 0) {
                assertThat(Math.abs(slope)).isLessThanOrEqualTo(penalty * 0.5 + 1e-9);
            } else {
                assertThat(slope).isCloseTo(Math.signum(weight) * penalty * 0.5, within(1e-9));
            }
        }
    }

    @Test
    void aPerceptronLearnsWhatNoWeightedSumCan() {
        SplittableRandom random = new SplittableRandom(9);
        double[][] rows = new double[2_000][];
        double[] labels = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new double[] {random.nextGaussian(), random.nextGaussian()};
            labels[i] = rows[i][0] * rows[i][1] > 0 ? 1 : 0;
        }
        var model =
                PerceptronFit.fit(
                        rows, labels, 2, Hyperparameters.perceptron(0), new SplittableRandom(1));

        long right =
                IntStream.range(0, rows.length)
                        .filter(i -> (model.predict(rows[i])[1] > 0.5) == (labels[i] == 1))
                        .count();
        assertThat(right).isGreaterThan(rows.length * 9 / 10);
    }

    @Test
    void theLastValueIsOneThatWasKnown() {
        long[] times = LongStream.range(0, 6).map(i -> i * SECOND).toArray();
        Rows rows = new Rows(times, new double[6][1], new double[] {1, 2, 3, 4, 5, 6});

        var scores = new Baselines(Target.numbers(2 * SECOND), rows).scores(rows).get("last_value");

        // At T the label of T - 2 s is the newest one known; before there is one, the mean counts.
        double squares = 2.5 * 2.5 + 1.5 * 1.5 + 4 * (2 * 2);
        assertThat(
                        Objects.requireNonNull(Objects.requireNonNull(scores).regression())
                                .meanSquaredError())
                .isCloseTo(squares / 6, within(1e-12));
    }

    @Test
    void whatCannotBeFittedIsRefusedWithAReason() {
        Splits splits = market(1, 50, false, 1);
        assertThatThrownBy(
                        () ->
                                new Trainer(NAMES, Algorithm.LOGISTIC, false, 1)
                                        .train(splits, target(splits, false), done -> {}))
                .hasMessage("logistic does not foretell numbers");
        assertThatThrownBy(() -> Target.classesOf(new double[] {1, 1}, 1))
                .hasMessageContaining("2 to 10 classes");
        assertThatThrownBy(() -> new Target(new double[] {0, 1}, 1).positions(new double[] {-1}))
                .hasMessageContaining("label -1.0 is none of those of train");
    }

    private static double recallOfRare(TrainingResult result) {
        long[] rare = classification(result.validation()).confusion()[1];
        return (double) rare[1] / (rare[0] + rare[1]);
    }

    private static ClassificationScores classification(Scores scores) {
        return Objects.requireNonNull(scores.classification());
    }

    private static void assertTheSignalMatters(Map<String, Double> importance) {
        double noise =
                Math.max(
                        Objects.requireNonNull(importance.get("d")),
                        Objects.requireNonNull(importance.get("e")));
        assertThat(importance.get("a")).isGreaterThan(Math.max(0, noise));
    }

    private static Target target(Splits splits, boolean classes) {
        return classes ? Target.classesOf(splits.train().labels(), SECOND) : Target.numbers(SECOND);
    }

    /** Labels follow the first columns as strongly as said; some values are undefined. */
    private static Splits market(long seed, int count, boolean classes, double signal) {
        SplittableRandom random = new SplittableRandom(seed);
        return new Splits(
                rows(random, 0, count, classes, signal),
                rows(random, count, count, classes, signal),
                rows(random, 2L * count, 2 * count, classes, signal));
    }

    private static Rows rows(
            SplittableRandom random, long from, int count, boolean classes, double signal) {
        double[][] features = new double[count][NAMES.size()];
        double[] labels = new double[count];
        for (int i = 0; i < count; i++) {
            for (int column = 0; column < NAMES.size(); column++) {
                features[i][column] = 3 + (column + 1) * random.nextGaussian();
            }
            double pull = (features[i][0] - 3) + (features[i][1] - 3) / 2;
            double value = signal * pull + 0.5 * random.nextGaussian();
            labels[i] = classes ? (value > 0.5 ? 1 : value < -0.5 ? -1 : 0) : 1e-4 * value;
            features[i][4] = random.nextInt(10) == 0 ? Double.NaN : features[i][4];
        }
        return new Rows(
                LongStream.range(from, from + count).map(i -> i * SECOND).toArray(),
                features,
                labels);
    }

    /** One row in ten is of the second class, which the first column tells only roughly. */
    private static Splits rare(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        Rows[] parts = new Rows[3];
        for (int part = 0; part < parts.length; part++) {
            double[][] features = new double[count][NAMES.size()];
            double[] labels = new double[count];
            for (int i = 0; i < count; i++) {
                labels[i] = random.nextInt(10) == 0 ? 1 : 0;
                for (int column = 0; column < NAMES.size(); column++) {
                    features[i][column] = random.nextGaussian() + (column == 0 ? labels[i] : 0);
                }
            }
            long from = (long) part * count;
            parts[part] =
                    new Rows(
                            LongStream.range(from, from + count).map(i -> i * SECOND).toArray(),
                            features,
                            labels);
        }
        return new Splits(parts[0], parts[1], parts[2]);
    }
}
