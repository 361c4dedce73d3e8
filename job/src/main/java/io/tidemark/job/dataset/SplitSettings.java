package io.tidemark.job.dataset;

import io.tidemark.features.split.Fold;
import io.tidemark.features.split.Folds;
import io.tidemark.features.split.RandomSplit;
import io.tidemark.features.split.Span;
import io.tidemark.schemas.settings.DurationText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** What the settings say of the split. Every text is read, whatever the strategy. */
record SplitSettings(
        String strategy,
        String span,
        String train,
        String validation,
        String test,
        String trainShare,
        String validationShare,
        String trainWindow,
        String validationWindow,
        String testWindow,
        String step,
        String folds,
        String seed) {
    /** The strategies there are. */
    static final List<String> STRATEGIES =
            List.of("time_based", "walk_forward", "purged_k_fold", "random");

    /** Reads them by their keys. */
    static SplitSettings of(Texts texts) {
        return new SplitSettings(
                texts.text("split", "time_based", String.join(", ", STRATEGIES)),
                texts.text("span", "", "FROM/TO of all rows, ISO 8601, UTC unless it says"),
                texts.text(
                        "train", "", "time_based: FROM/TO of train; default: a share of the span"),
                texts.text("validation", "", "time_based: FROM/TO of validation; may be none"),
                texts.text("test", "", "time_based: FROM/TO of test"),
                texts.text("train-share", "0.7", "of the span, time_based and random"),
                texts.text("validation-share", "0.15", "of the span, time_based and random"),
                texts.text("train-window", "7d", "walk_forward: length of train"),
                texts.text("validation-window", "1d", "walk_forward: length of validation"),
                texts.text("test-window", "1d", "walk_forward: length of test"),
                texts.text("step", "1d", "walk_forward: from a fold to the next"),
                texts.text("k", "5", "purged_k_fold: how many blocks"),
                texts.text("seed", "1", "random: decides, with the time of a row"));
    }

    /** Who knows the texts of the settings. */
    interface Texts {
        String text(String key, String otherwise, String meaning);
    }

    /**
     * The splitting of rows that far apart.
     *
     * @throws IllegalArgumentException when it cannot be
     */
    Splitting splitting(long cadenceMicros) {
        return switch (strategy) {
            case "time_based" -> Splitting.of(train.isEmpty() ? shared(cadenceMicros) : given());
            case "walk_forward" ->
                    Splitting.of(
                            Folds.walkForward(
                                    span(span),
                                    micros(trainWindow),
                                    micros(validationWindow),
                                    micros(testWindow),
                                    micros(step)));
            case "purged_k_fold" ->
                    Splitting.of(Folds.purgedKFold(span(span), Integer.parseInt(folds)));
            case "random" ->
                    new Splitting(
                            List.of(),
                            Optional.of(
                                    new RandomSplit(
                                            span(span),
                                            Long.parseLong(seed),
                                            Double.parseDouble(trainShare),
                                            Double.parseDouble(validationShare))));
            default ->
                    throw new IllegalArgumentException(
                            "there is no split strategy '%s'; there are %s"
                                    .formatted(strategy, STRATEGIES));
        };
    }

    private List<Fold> given() {
        return Folds.timeBased(
                span(train), validation.isEmpty() ? Span.NONE : span(validation), span(test));
    }

    private List<Fold> shared(long cadenceMicros) {
        Span all = span(span);
        double first = Double.parseDouble(trainShare);
        double second = Double.parseDouble(validationShare);
        if (!(first > 0 && second >= 0 && first + second < 1)) {
            throw new IllegalArgumentException(
                    "shares must be positive and leave some for test, got %s and %s"
                            .formatted(trainShare, validationShare));
        }
        long length = all.endMicros() - all.beginMicros();
        long one = onGrid(all.beginMicros() + (long) (first * length), cadenceMicros);
        long two = onGrid(all.beginMicros() + (long) ((first + second) * length), cadenceMicros);
        return Folds.timeBased(
                new Span(all.beginMicros(), one),
                second > 0 ? new Span(one, two) : Span.NONE,
                new Span(two, all.endMicros()));
    }

    private static long onGrid(long micros, long cadenceMicros) {
        return Math.floorDiv(micros, cadenceMicros) * cadenceMicros;
    }

    /** Microseconds of a duration. */
    static long micros(String duration) {
        return DurationText.parse(duration).toNanos() / 1_000;
    }

    private static Span span(String text) {
        String[] ends = text.split("/", -1);
        if (ends.length != 2) {
            throw new IllegalArgumentException("a span must be FROM/TO, got '" + text + "'");
        }
        return new Span(instant(ends[0]), instant(ends[1]));
    }

    /** Microseconds since 1970 of a time, UTC unless it says. */
    static long instant(String text) {
        try {
            Instant at =
                    text.length() == 10
                            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : text.endsWith("Z") || text.matches(".*[+-]\\d\\d:\\d\\d")
                                    ? OffsetDateTime.parse(text).toInstant()
                                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
            return ChronoUnit.MICROS.between(Instant.EPOCH, at);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "a time must be such as 2026-08-01 or 2026-08-01T12:00:00, got '%s'"
                            .formatted(text),
                    e);
        }
    }
}
