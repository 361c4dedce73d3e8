package io.tidemark.features.split;

import java.util.List;

/**
 * One way to split: where rows go. Spans are half-open and have no time in common.
 *
 * <p>Purge: a train row at T whose [T - lookback, T + reach] touches validation or test is dropped
 * when it comes before them or after; a validation row whose T + reach touches a test that begins
 * after it is dropped too, so that no label crosses a split. Embargo: no train row within the
 * embargo after a validation or test span. López de Prado (2018), chapter 7.
 *
 * @param train one span, or two around evaluation
 */
public record Fold(int number, List<Span> train, Span validation, Span test) {

    /** Checks that no time is in two spans. */
    public Fold {
        train = List.copyOf(train);
        for (Span one : train) {
            apart(one, validation);
            apart(one, test);
        }
        apart(validation, test);
    }

    private static void apart(Span one, Span other) {
        if (!one.isEmpty()
                && !other.isEmpty()
                && one.beginMicros() < other.endMicros()
                && other.beginMicros() < one.endMicros()) {
            throw new IllegalArgumentException(
                    "spans of a fold must have no time in common, got %s and %s"
                            .formatted(one, other));
        }
    }

    /** Where the row at that time goes. */
    public Place of(long gridTimeMicros, Separation separation) {
        if (test.has(gridTimeMicros)) {
            return Place.TEST;
        }
        long knownTo = gridTimeMicros + separation.reachMicros();
        if (validation.has(gridTimeMicros)) {
            boolean crosses =
                    test.beginMicros() > gridTimeMicros && test.meets(gridTimeMicros, knownTo);
            return crosses ? Place.PURGED : Place.VALIDATION;
        }
        if (train.stream().noneMatch(span -> span.has(gridTimeMicros))) {
            return Place.OUTSIDE;
        }
        long knownFrom = gridTimeMicros - separation.lookbackMicros();
        if (validation.meets(knownFrom, knownTo) || test.meets(knownFrom, knownTo)) {
            return Place.PURGED;
        }
        return embargoed(validation, gridTimeMicros, separation)
                        || embargoed(test, gridTimeMicros, separation)
                ? Place.EMBARGOED
                : Place.TRAIN;
    }

    private static boolean embargoed(Span evaluation, long at, Separation separation) {
        return !evaluation.isEmpty()
                && at >= evaluation.endMicros()
                && at - evaluation.endMicros() < separation.embargoMicros();
    }
}
