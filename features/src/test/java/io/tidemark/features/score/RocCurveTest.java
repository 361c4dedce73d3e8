package io.tidemark.features.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RocCurveTest {
    @Test
    void everyThresholdIsAStep() {
        RocCurve curve =
                RocCurve.of(
                        new boolean[] {true, false, true, false},
                        new double[] {0.9, 0.8, 0.7, 0.1},
                        100);
        assertThat(curve.points())
                .containsExactly(
                        new RocCurve.Point(0, 0),
                        new RocCurve.Point(0, 0.5),
                        new RocCurve.Point(0.5, 0.5),
                        new RocCurve.Point(0.5, 1),
                        new RocCurve.Point(1, 1));
    }

    @Test
    void equalScoresAreOneStepAndOneSideHasNoCurve() {
        assertThat(RocCurve.of(new boolean[] {true, false}, new double[] {1, 1}, 9).points())
                .containsExactly(new RocCurve.Point(0, 0), new RocCurve.Point(1, 1));
        assertThat(RocCurve.of(new boolean[] {true, true}, new double[] {1, 2}, 9).points())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theAreaBelowItIsTheScore(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean[] isClass = new boolean[1_000];
        double[] scores = new double[isClass.length];
        for (int i = 0; i < scores.length; i++) {
            isClass[i] = random.nextInt(3) == 0;
            scores[i] = Math.rint(10 * (random.nextGaussian() + (isClass[i] ? 1 : 0)));
        }
        double wanted = Separation.of(isClass, scores).rocAuc();
        assertThat(area(RocCurve.of(isClass, scores, 10_000).points()))
                .isCloseTo(wanted, within(1e-12));
        List<RocCurve.Point> few = RocCurve.of(isClass, scores, 20).points();
        assertThat(few).hasSizeLessThanOrEqualTo(22);
        assertThat(area(few)).isCloseTo(wanted, within(0.02));
    }

    private static double area(List<RocCurve.Point> points) {
        double area = 0;
        for (int i = 1; i < points.size(); i++) {
            RocCurve.Point from = points.get(i - 1);
            RocCurve.Point to = points.get(i);
            area += (to.falseShare() - from.falseShare()) * (to.trueShare() + from.trueShare()) / 2;
        }
        return area;
    }
}
