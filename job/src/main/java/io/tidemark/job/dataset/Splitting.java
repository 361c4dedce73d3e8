package io.tidemark.job.dataset;

import io.tidemark.features.split.Fold;
import io.tidemark.features.split.Place;
import io.tidemark.features.split.RandomSplit;
import io.tidemark.features.split.Separation;
import io.tidemark.features.split.Span;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a dataset is split: folds, or by chance.
 *
 * @param folds empty when by chance
 * @param random empty when by folds
 */
public record Splitting(List<Fold> folds, Optional<RandomSplit> random) {
    /** Keeps the list. */
    public Splitting {
        folds = List.copyOf(folds);
        if (folds.isEmpty() == random.isEmpty()) {
            throw new IllegalArgumentException("wanted folds or chance");
        }
    }

    static Splitting of(List<Fold> folds) {
        return new Splitting(folds, Optional.empty());
    }

    /** How many folds there are. */
    int size() {
        return Math.max(1, folds.size());
    }

    /** Where the row at that time goes in the fold. */
    Place of(int fold, long gridTimeMicros, Separation separation) {
        return random.map(chance -> chance.of(gridTimeMicros))
                .orElseGet(() -> folds.get(fold).of(gridTimeMicros, separation));
    }

    /** The time all spans lie in. */
    Span span() {
        return random.map(RandomSplit::span)
                .orElseGet(() -> around(folds.stream().flatMap(Splitting::spans).toList()));
    }

    /** The time the spans of the fold lie in. */
    Span span(int fold) {
        return random.map(RandomSplit::span)
                .orElseGet(() -> around(spans(folds.get(fold)).toList()));
    }

    private static Stream<Span> spans(Fold fold) {
        return Stream.concat(fold.train().stream(), Stream.of(fold.validation(), fold.test()))
                .filter(span -> !span.isEmpty());
    }

    private static Span around(List<Span> spans) {
        return new Span(
                spans.stream().mapToLong(Span::beginMicros).min().orElseThrow(),
                spans.stream().mapToLong(Span::endMicros).max().orElseThrow());
    }
}
