package io.tidemark.features.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scores against their definitions, by counting pairs and thresholds. */
final class NaiveScoresTest {
    private static final Offset<Double> CLOSE = within(1e-12);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void separationEqualsTheCountOfPairsAndThresholds(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int n = 2 + random.nextInt(60);
        boolean[] isClass = new boolean[n];
        double[] scores = new double[n];
        for (int i = 0; i < n; i++) {
            isClass[i] = i == 0 || (i != 1 && random.nextBoolean());
            // Few values, so that many are equal.
            scores[i] = random.nextInt(8) / 8.0;
        }

        Separation separation = Separation.of(isClass, scores);

        double pairs = 0;
        double wins = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (isClass[i] && !isClass[j]) {
                    pairs++;
                    wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }
        }
        assertThat(separation.rocAuc()).isCloseTo(wins / pairs, CLOSE);

        double averagePrecision = 0;
        double farthest = 0;
        double recallBefore = 0;
        for (double threshold = 1; threshold >= 0; threshold -= 1 / 8.0) {
            double limit = threshold;
            double found = count(n, i -> isClass[i] && scores[i] >= limit);
            double wrong = count(n, i -> !isClass[i] && scores[i] >= limit);
            double recall = found / count(n, i -> isClass[i]);
            if (found + wrong > 0) {
                averagePrecision += (recall - recallBefore) * found / (found + wrong);
            }
            recallBefore = recall;
            farthest = Math.max(farthest, Math.abs(recall - wrong / count(n, i -> !isClass[i])));
        }
        assertThat(separation.averagePrecision()).isCloseTo(averagePrecision, CLOSE);
        assertThat(separation.kolmogorovSmirnov()).isCloseTo(farthest, CLOSE);
    }

    private static double count(int n, java.util.function.IntPredicate which) {
        return IntStream.range(0, n).filter(which).count();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void ranksAreOneMoreThanTheSmallerAndHalfTheOtherEqualOnes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = random.doubles(50).map(v -> Math.floor(v * 20)).toArray();

        double[] ranks = Ranks.of(values);

        for (int i = 0; i < values.length; i++) {
            double one = values[i];
            double smaller = count(values.length, j -> values[j] < one);
            double equal = count(values.length, j -> values[j] == one);
            assertThat(ranks[i]).isEqualTo(smaller + (equal + 1) / 2);
        }
    }

    @Test
    void threeClassesByHand() {
        int[] truth = {0, 0, 1, 2, 2, 2};
        double[][] said = {
            {0.8, 0.1, 0.1},
            {0.3, 0.6, 0.1},
            {0.2, 0.5, 0.3},
            {0.1, 0.1, 0.8},
            {0.4, 0.4, 0.2},
            {0.0, 0.2, 0.8}
        };

        ClassificationScores scores = ClassificationScores.of(truth, said);

        assertThat(scores.confusion())
                .isDeepEqualTo(new long[][] {{1, 1, 0}, {0, 1, 0}, {1, 0, 2}});
        assertThat(scores.accuracy()).isCloseTo(4 / 6.0, CLOSE);
        assertThat(scores.balancedAccuracy()).isCloseTo((0.5 + 1 + 2 / 3.0) / 3, CLOSE);
        assertThat(scores.precision()).isCloseTo((0.5 + 0.5 + 1) / 3, CLOSE);
        assertThat(scores.logLoss())
                .isCloseTo(
                        -(Math.log(0.8)
                                        + Math.log(0.3)
                                        + Math.log(0.5)
                                        + Math.log(0.8)
                                        + Math.log(0.2)
                                        + Math.log(0.8))
                                / 6,
                        CLOSE);
        assertThat(scores.calibration().stream().mapToLong(CalibrationBin::count).sum())
                .isEqualTo(6);
    }

    @Test
    void calibrationTellsWhatWasSaidAndWhatCame() {
        int[] truth = {1, 0, 0, 1};
        double[][] said = {{0.25, 0.75}, {0.29, 0.71}, {1, 0}, {0, 1}};

        ClassificationScores scores = ClassificationScores.of(truth, said);

        assertThat(scores.calibration())
                .containsExactly(
                        new CalibrationBin(0, 1, 0, 0),
                        new CalibrationBin(0.7, 2, 0.73, 0.5),
                        new CalibrationBin(0.9, 1, 1, 1));
        assertThat(scores.calibrationError()).isCloseTo(0.23 / 2, CLOSE);
    }

    @Test
    void whatIsNotDefinedIsNotANumber() {
        assertThat(RegressionScores.of(new double[] {1, 1}, new double[] {1, 2}).r2()).isNaN();
        assertThat(RegressionScores.of(new double[] {1, 2}, new double[] {3, 3}).rankCorrelation())
                .isNaN();
        assertThat(
                        ClassificationScores.of(new int[] {0, 0}, new double[][] {{1, 0}, {1, 0}})
                                .rocAuc())
                .isNaN();
    }

    @Test
    void whatCannotBeScoredIsRefused() {
        assertThatThrownBy(() -> RegressionScores.of(new double[0], new double[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RegressionScores.of(new double[] {Double.NaN}, new double[1]))
                .hasMessageContaining("finite");
        assertThatThrownBy(
                        () -> ClassificationScores.of(new int[] {2}, new double[][] {{0.5, 0.5}}))
                .hasMessageContaining("class 2");
        assertThatThrownBy(
                        () -> ClassificationScores.of(new int[] {1}, new double[][] {{0.5, 1.5}}))
                .hasMessageContaining("from 0 to 1");
    }
}
