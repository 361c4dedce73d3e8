package io.tidemark.features.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By example, and beside a naive version that looks at every time. Times are plain numbers. */
class FoldsTest {
    private static final Separation NEAR = new Separation(3, 5, 4);

    @Test
    void spansAreHalfOpen() {
        Fold fold = Folds.timeBased(new Span(0, 10), new Span(10, 20), new Span(20, 30)).get(0);
        Separation none = new Separation(0, 0, 0);
        assertThat(fold.of(-1, none)).isEqualTo(Place.OUTSIDE);
        assertThat(fold.of(0, none)).isEqualTo(Place.TRAIN);
        assertThat(fold.of(9, none)).isEqualTo(Place.TRAIN);
        assertThat(fold.of(10, none)).isEqualTo(Place.VALIDATION);
        assertThat(fold.of(19, none)).isEqualTo(Place.VALIDATION);
        assertThat(fold.of(20, none)).isEqualTo(Place.TEST);
        assertThat(fold.of(30, none)).isEqualTo(Place.OUTSIDE);
    }

    @Test
    void aLabelThatTouchesALaterSplitIsPurged() {
        Fold fold = Folds.timeBased(new Span(0, 10), new Span(10, 20), new Span(20, 30)).get(0);
        assertThat(fold.of(4, NEAR)).isEqualTo(Place.TRAIN);
        assertThat(fold.of(5, NEAR)).isEqualTo(Place.PURGED);
        assertThat(fold.of(14, NEAR)).isEqualTo(Place.VALIDATION);
        assertThat(fold.of(15, NEAR)).isEqualTo(Place.PURGED);
        assertThat(fold.of(29, NEAR)).isEqualTo(Place.TEST);
    }

    @Test
    void trainAfterATestIsPurgedForItsLookbackThenEmbargoed() {
        Fold fold = Folds.purgedKFold(new Span(0, 30), 3).get(1);
        assertThat(fold.test()).isEqualTo(new Span(10, 20));
        assertThat(fold.of(4, NEAR)).isEqualTo(Place.TRAIN);
        assertThat(fold.of(5, NEAR)).isEqualTo(Place.PURGED);
        assertThat(fold.of(20, NEAR)).isEqualTo(Place.PURGED);
        assertThat(fold.of(22, NEAR)).isEqualTo(Place.PURGED);
        assertThat(fold.of(23, NEAR)).isEqualTo(Place.EMBARGOED);
        assertThat(fold.of(24, NEAR)).isEqualTo(Place.TRAIN);
    }

    @Test
    void walkForwardGivesFoldsThatMoveOn() {
        List<Fold> folds = Folds.walkForward(new Span(100, 200), 40, 10, 20, 15);
        assertThat(folds)
                .containsExactly(
                        new Fold(
                                0,
                                List.of(new Span(100, 140)),
                                new Span(140, 150),
                                new Span(150, 170)),
                        new Fold(
                                1,
                                List.of(new Span(115, 155)),
                                new Span(155, 165),
                                new Span(165, 185)),
                        new Fold(
                                2,
                                List.of(new Span(130, 170)),
                                new Span(170, 180),
                                new Span(180, 200)));
        assertThatThrownBy(() -> Folds.walkForward(new Span(0, 69), 40, 10, 20, 15))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too short for a fold");
    }

    @Test
    void everyTimeIsInOneTestOfAKFold() {
        List<Fold> folds = Folds.purgedKFold(new Span(7, 100), 4);
        for (long t = 7; t < 100; t++) {
            long time = t;
            assertThat(folds.stream().filter(fold -> fold.test().has(time))).hasSize(1);
        }
    }

    @Test
    void chanceRepeatsAndKeepsItsShares() {
        RandomSplit split = new RandomSplit(new Span(0, 100_000), 42, 0.7, 0.1);
        Map<Place, Integer> counts = new EnumMap<>(Place.class);
        for (long t = 0; t < 100_000; t++) {
            counts.merge(split.of(t), 1, Integer::sum);
        }
        assertThat(counts.get(Place.TRAIN)).isBetween(69_000, 71_000);
        assertThat(counts.get(Place.VALIDATION)).isBetween(9_500, 10_500);
        assertThat(split.of(100_000)).isEqualTo(Place.OUTSIDE);
        assertThat(new RandomSplit(new Span(0, 100_000), 42, 0.7, 0.1).of(17))
                .isEqualTo(split.of(17));
    }

    @Test
    void refusesSpansThatOverlap() {
        assertThatThrownBy(
                        () -> Folds.timeBased(new Span(0, 11), new Span(10, 20), new Span(20, 30)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no time in common");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void aTrainRowKnowsNothingOfEvaluationAndNoMoreIsDropped(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Separation apart =
                new Separation(random.nextInt(20), random.nextInt(20), random.nextInt(30));
        List<Fold> folds = new ArrayList<>(Folds.purgedKFold(new Span(0, 200), 5));
        folds.addAll(Folds.walkForward(new Span(0, 200), 60, 20, 30, 25));
        for (Fold fold : folds) {
            for (long t = -5; t < 205; t++) {
                assertThat(fold.of(t, apart))
                        .as("%s at %d", fold, t)
                        .isEqualTo(naive(fold, t, apart));
            }
        }
    }

    private static Place naive(Fold fold, long t, Separation apart) {
        if (fold.test().has(t)) {
            return Place.TEST;
        }
        LongPredicate evaluates = s -> fold.test().has(s) || fold.validation().has(s);
        if (fold.validation().has(t)) {
            boolean crosses =
                    LongStream.rangeClosed(t, t + apart.reachMicros())
                            .anyMatch(s -> fold.test().has(s));
            return crosses ? Place.PURGED : Place.VALIDATION;
        }
        if (fold.train().stream().noneMatch(span -> span.has(t))) {
            return Place.OUTSIDE;
        }
        if (LongStream.rangeClosed(t - apart.lookbackMicros(), t + apart.reachMicros())
                .anyMatch(evaluates)) {
            return Place.PURGED;
        }
        // The row is out when the embargo before it holds the end of evaluation.
        boolean embargoed =
                LongStream.range(t - apart.embargoMicros() + 1, t + 1)
                        .anyMatch(s -> evaluates.test(s - 1) && !evaluates.test(s));
        return embargoed ? Place.EMBARGOED : Place.TRAIN;
    }
}
