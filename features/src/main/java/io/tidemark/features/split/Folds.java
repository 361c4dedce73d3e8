package io.tidemark.features.split;

import java.util.ArrayList;
import java.util.List;

/** The folds of each strategy. */
public final class Folds {
    private Folds() {}

    /** One fold: train, then validation, then test; validation may be empty. */
    public static List<Fold> timeBased(Span train, Span validation, Span test) {
        return List.of(new Fold(0, List.of(train), validation, test));
    }

    /**
     * Folds that move on: train [T0, T1), validation [T1, T2), test [T2, T3), each a step later, as
     * long as the test ends within the span.
     *
     * @throws IllegalArgumentException when not one fits, or a length is not more than 0 (that of
     *     validation may be 0)
     */
    public static List<Fold> walkForward(
            Span span, long trainMicros, long validationMicros, long testMicros, long stepMicros) {
        if (trainMicros <= 0 || validationMicros < 0 || testMicros <= 0 || stepMicros <= 0) {
            throw new IllegalArgumentException(
                    "windows and step must be longer than 0, got %d, %d, %d and %d"
                            .formatted(trainMicros, validationMicros, testMicros, stepMicros));
        }
        List<Fold> folds = new ArrayList<>();
        for (long begin = span.beginMicros(); ; begin += stepMicros) {
            long validation = begin + trainMicros;
            long test = validation + validationMicros;
            if (test + testMicros > span.endMicros()) {
                break;
            }
            folds.add(
                    new Fold(
                            folds.size(),
                            List.of(new Span(begin, validation)),
                            new Span(validation, test),
                            new Span(test, test + testMicros)));
        }
        if (folds.isEmpty()) {
            throw new IllegalArgumentException(
                    "the span is too short for a fold: it has %d us, one takes %d"
                            .formatted(
                                    span.endMicros() - span.beginMicros(),
                                    trainMicros + validationMicros + testMicros));
        }
        return folds;
    }

    /**
     * Purged k-fold: each of k blocks of the span is the test once, the rest is train.
     *
     * @throws IllegalArgumentException when k is less than 2 or the span shorter than k
     */
    public static List<Fold> purgedKFold(Span span, int k) {
        long length = span.endMicros() - span.beginMicros();
        if (k < 2 || length < k) {
            throw new IllegalArgumentException(
                    "wanted 2 or more blocks of at least 1 us, got %d of %d us"
                            .formatted(k, length));
        }
        List<Fold> folds = new ArrayList<>();
        for (int i = 0; i < k; i++) {
            // By the block, not by summing lengths: the last block ends with the span.
            long begin = span.beginMicros() + Math.multiplyExact(length, i) / k;
            long end = span.beginMicros() + Math.multiplyExact(length, i + 1) / k;
            folds.add(
                    new Fold(
                            i,
                            List.of(
                                    new Span(span.beginMicros(), begin),
                                    new Span(end, span.endMicros())),
                            Span.NONE,
                            new Span(begin, end)));
        }
        return folds;
    }
}
