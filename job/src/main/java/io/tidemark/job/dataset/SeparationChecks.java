package io.tidemark.job.dataset;

import io.tidemark.features.split.Place;
import io.tidemark.features.split.Separation;
import io.tidemark.job.dataset.Certificate.Check;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Whether the splits of a fold know of each other, by the times in the files alone. */
final class SeparationChecks {
    private static final long[] NONE = {};

    private SeparationChecks() {}

    /**
     * Checks a fold.
     *
     * @param times of the rows of each split that has a file
     */
    static List<Check> of(int fold, Map<Place, long[]> times, Separation apart) {
        long[] train = times.getOrDefault(Place.TRAIN, NONE);
        long[] validation = times.getOrDefault(Place.VALIDATION, NONE);
        long[] test = times.getOrDefault(Place.TEST, NONE);
        long[] evaluation =
                LongStream.concat(Arrays.stream(validation), Arrays.stream(test))
                        .sorted()
                        .toArray();
        String crossing = "";
        String embargoed = "";
        for (long at : train) {
            if (crossing.isEmpty()
                    && any(evaluation, at - apart.lookbackMicros(), at + apart.reachMicros())) {
                crossing = "the train row at %d us touches evaluation".formatted(at);
            }
            if (embargoed.isEmpty() && any(evaluation, at - apart.embargoMicros(), at)) {
                embargoed = "the train row at %d us is in the embargo".formatted(at);
            }
        }
        for (long at : validation) {
            if (crossing.isEmpty() && any(test, at, at + apart.reachMicros())) {
                crossing = "the label at %d us of validation crosses into test".formatted(at);
            }
        }
        String found = "%d train rows".formatted(train.length);
        return List.of(
                Check.of(
                        "fold=%d: no label or lookback crosses a split".formatted(fold),
                        crossing,
                        found),
                Check.of("fold=%d: embargo".formatted(fold), embargoed, found));
    }

    /** Whether a time is in [from, to]. */
    private static boolean any(long[] sorted, long from, long to) {
        int at = Arrays.binarySearch(sorted, from);
        int first = at >= 0 ? at : -at - 1;
        return first < sorted.length && sorted[first] <= to;
    }
}
