package io.tidemark.server.request;

import static io.tidemark.server.problem.ProblemException.badParameter;

import io.javalin.http.Context;
import io.tidemark.schemas.event.Symbols;
import io.tidemark.schemas.settings.DurationText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Query parameters as checked values; every fault is a 400 that names the parameter. */
public final class QueryParameters {
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,63}");

    private final Map<String, List<String>> values;

    private QueryParameters(Map<String, List<String>> values) {
        this.values = values;
    }

    public static QueryParameters of(Context ctx) {
        return new QueryParameters(ctx.queryParamMap());
    }

    /** Refuses a parameter nobody reads (most often a typo) and one given twice. */
    void onlyKnown(Collection<String> known) {
        values.forEach(
                (name, given) -> {
                    if (!known.contains(name)) {
                        throw badParameter(
                                clean(name),
                                "unknown_parameter",
                                "unknown query parameter; known here: " + new TreeSet<>(known));
                    }
                    if (given.size() > 1) {
                        throw badParameter(
                                name,
                                "repeated_parameter",
                                "%s may be given once, got it %d times"
                                        .formatted(name, given.size()));
                    }
                });
    }

    /** Required; as {@link Symbols#isSymbol} says. */
    public String symbol() {
        return optionalSymbol()
                .orElseThrow(
                        () ->
                                badParameter(
                                        "symbol",
                                        "missing",
                                        "symbol is required: ?symbol=BTCUSDT"));
    }

    /** As {@link Symbols#isSymbol} says. */
    public Optional<String> optionalSymbol() {
        Optional<String> symbol = text("symbol");
        if (symbol.isPresent() && !Symbols.isSymbol(symbol.get())) {
            throw badParameter(
                    "symbol",
                    "malformed",
                    "symbol must be 2 to 40 of A-Z 0-9 _ - beginning with a letter or digit");
        }
        return symbol;
    }

    /** One of a few words. */
    public Optional<String> oneOf(String name, Collection<String> words) {
        Optional<String> word = text(name);
        if (word.isPresent() && !words.contains(word.get())) {
            throw badParameter(name, "malformed", name + " must be one of " + words);
        }
        return word;
    }

    /** A time with zone, from 1970 to 9999. */
    public Optional<Instant> time(String name) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String wanted = name + " must be a time such as 2025-12-07T12:53:00Z, from 1970 to 9999";
        try {
            OffsetDateTime time = OffsetDateTime.parse(text.get());
            if (time.getYear() < 1970 || time.getYear() > 9999) {
                throw badParameter(name, "out_of_range", wanted);
            }
            return Optional.of(time.toInstant());
        } catch (DateTimeException e) {
            throw badParameter(name, "malformed", wanted);
        }
    }

    /** Whether a text can be a feature registry's version. */
    public static boolean isVersion(String text) {
        return VERSION.matcher(text).matches();
    }

    /** A feature registry version. */
    public Optional<String> version() {
        Optional<String> version = text("version");
        if (version.isPresent() && !isVersion(version.get())) {
            throw badParameter(
                    "version",
                    "malformed",
                    "version must be 1 to 64 of letters, digits and . _ + - beginning with a letter or"
                            + " digit");
        }
        return version;
    }

    /** Longer than zero and at most the cap. */
    public Duration duration(String name, Duration defaultValue, Duration cap) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return defaultValue;
        }
        String wanted =
                "%s must be a duration above zero and up to %s (30s, 5m, 2h)"
                        .formatted(name, DurationText.format(cap));
        try {
            Duration duration = DurationText.parse(text.get());
            if (duration.isZero() || duration.compareTo(cap) > 0) {
                throw badParameter(name, "out_of_range", wanted);
            }
            return duration;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw badParameter(name, "malformed", wanted);
        }
    }

    /** A whole number from min to max, ASCII digits only. */
    public Optional<Long> number(String name, long min, long max) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String wanted = "%s must be a whole number from %d to %d".formatted(name, min, max);
        if (!text.get().matches("[0-9]{1,15}")) {
            throw badParameter(name, "malformed", wanted);
        }
        long number = Long.parseLong(text.get());
        if (number < min || number > max) {
            throw badParameter(name, "out_of_range", wanted);
        }
        return Optional.of(number);
    }

    /** As it came; the caller checks it. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).map(given -> given.get(0));
    }

    private static String clean(String name) {
        String safe = name.replaceAll("[^A-Za-z0-9._-]", "?");
        return safe.substring(0, Math.min(safe.length(), 64));
    }
}
