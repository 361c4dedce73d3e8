package io.tidemark.features.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LossComparisonTest {
    private static final double LEVEL = 0.05;
    private static final int RUNS = 500;
    private static final int LOOKS = 2_000;

    /** Where the two models are equally good. */
    enum Null {
        /** Small and symmetric. */
        NORMAL {
            @Override
            double next(SplittableRandom random, double before) {
                return 0.2 * random.nextGaussian();
            }
        },
        /** Often a little better, seldom much worse. */
        SKEWED {
            @Override
            double next(SplittableRandom random, double before) {
                return random.nextInt(20) == 0 ? -0.95 : 0.05;
            }
        },
        /** As large as can be. */
        COINS {
            @Override
            double next(SplittableRandom random, double before) {
                return random.nextBoolean() ? 1 : -1;
            }
        },
        /** Its spread follows what came last. */
        CLUSTERED {
            @Override
            double next(SplittableRandom random, double before) {
                return (0.05 + 0.6 * Math.abs(before)) * random.nextGaussian();
            }
        };

        abstract double next(SplittableRandom random, double before);
    }

    /** Looked at 2,000 times a run; of 500 runs at most 5 % may ever say anything. */
    @ParameterizedTest
    @EnumSource
    void peekingRaisesNoMoreFalseAlarmsThanTheLevel(Null equal) {
        LossComparison comparison = LossComparison.atLevel(LEVEL);
        int alarms = 0;
        int naive = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            LossComparison.State state = LossComparison.State.EMPTY;
            boolean naiveAlarm = false;
            double before = 0;
            for (int look = 0; look < LOOKS; look++) {
                before = Math.max(-1, Math.min(1, equal.next(random, before)));
                state = comparison.observe(state, before);
                naiveAlarm |= state.count() >= 30 && tOf(state) > 1.96;
            }
            alarms += state.verdict() == Verdict.OPEN ? 0 : 1;
            naive += naiveAlarm ? 1 : 0;
        }
        assertThat(alarms).isLessThanOrEqualTo((int) (RUNS * LEVEL));
        // The same looks at a t-statistic: what this test is for.
        assertThat(naive).isGreaterThan(RUNS / 4);
    }

    private static double tOf(LossComparison.State state) {
        double error = Math.sqrt(state.squares() / (state.count() - 1) / state.count());
        return Math.abs(state.mean()) / error;
    }

    /** A difference of a quarter of a deviation is found, and to the right side. */
    @ParameterizedTest
    @ValueSource(doubles = {0.05, -0.05})
    void findsADifference(double mean) {
        LossComparison comparison = LossComparison.atLevel(LEVEL);
        int found = 0;
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            LossComparison.State state = LossComparison.State.EMPTY;
            for (int i = 0; i < 500; i++) {
                double next = mean + 0.2 * random.nextGaussian();
                state = comparison.observe(state, Math.max(-1, Math.min(1, next)));
            }
            found += state.verdict() == (mean > 0 ? Verdict.BETTER : Verdict.WORSE) ? 1 : 0;
        }
        assertThat(found).isGreaterThanOrEqualTo(190);
    }

    @Test
    void theFirstVerdictStays() {
        LossComparison comparison = LossComparison.atLevel(LEVEL);
        LossComparison.State state = LossComparison.State.EMPTY;
        for (int i = 0; i < 50; i++) {
            state = comparison.observe(state, 0.5);
        }
        assertThat(state.verdict()).isEqualTo(Verdict.BETTER);
        for (int i = 0; i < 500; i++) {
            state = comparison.observe(state, -0.5);
        }
        assertThat(state.verdict()).isEqualTo(Verdict.BETTER);
        assertThat(state.logWorse()).isGreaterThan(Math.log(2 / LEVEL));
    }

    @Test
    void momentsAreThoseOfTheDifferences() {
        LossComparison comparison = LossComparison.atLevel(LEVEL);
        LossComparison.State state = LossComparison.State.EMPTY;
        for (double one : new double[] {0.5, -0.25, 0.125}) {
            state = comparison.observe(state, one);
        }
        assertThat(state.count()).isEqualTo(3);
        assertThat(state.mean()).isCloseTo(0.125, within(1e-15));
        assertThat(state.squares()).isCloseTo(0.28125, within(1e-15));
    }

    @Test
    void refusesWhatIsNoDifferenceAndNoLevel() {
        LossComparison comparison = LossComparison.atLevel(LEVEL);
        for (double wrong : new double[] {Double.NaN, 1.01, -1.01}) {
            assertThatThrownBy(() -> comparison.observe(LossComparison.State.EMPTY, wrong))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> LossComparison.atLevel(0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Periods of 20: rows at 0 to 9 count, those at 10 to 19 do not. */
    @Test
    void rowsWhoseLabelsOverlapMakeOneDifference() {
        PairedLosses losses = new PairedLosses(10);
        losses.row(0, 0.5, 0.25);
        losses.row(9, 0.5, 0.75);
        losses.row(9, 0.75, 0);
        losses.row(10, 1, 0);
        losses.row(19, 1, 0);
        assertThat(losses.differences()).isEmpty();
        losses.row(35, 1, 0);
        losses.row(40, 0.5, 0.5);
        losses.row(61, 0, 0);
        assertThat(losses.differences()).isEqualTo(List.of(0.25, 0.0));
        losses.row(62, 1, 0);
        losses.closeThrough(79);
        assertThat(losses.differences()).hasSize(2);
        assertThatThrownBy(() -> losses.row(59, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> losses.row(99, 0, 2)).isInstanceOf(IllegalArgumentException.class);
        losses.closeThrough(80);
        assertThat(losses.differences()).isEqualTo(List.of(0.25, 0.0, 0.5));
    }
}
