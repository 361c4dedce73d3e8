package io.tidemark.server.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.features.label.LabelType;
import io.tidemark.schemas.event.Symbols;
import io.tidemark.schemas.settings.DurationText;
import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import io.tidemark.server.request.JsonBody;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The body of a build as the settings of the worker that builds it. What it asks for is checked
 * here as far as it can be without the archive.
 */
final class BuildRequest {
    static final Set<String> SPLIT_FIELDS =
            Set.of(
                    "dataset_id",
                    "split_strategy",
                    "period_start",
                    "period_end",
                    "train_period_start",
                    "train_period_end",
                    "validation_period_start",
                    "validation_period_end",
                    "test_period_start",
                    "test_period_end",
                    "walk_forward_config",
                    "k_folds",
                    "embargo",
                    "output_format");

    private static final List<String> STRATEGIES =
            List.of("time_based", "walk_forward", "purged_k_fold", "random");
    private static final Set<String> TARGET =
            Set.of(
                    "type",
                    "horizon",
                    "threshold",
                    "volatility_window",
                    "costs",
                    "price_source",
                    "normalization");
    private static final Set<String> WALK_FIELDS =
            Set.of(
                    "train_window_days",
                    "validation_window_days",
                    "test_window_days",
                    "step_days",
                    "min_train_samples",
                    "start_date",
                    "end_date");
    private static final Map<String, String> WINDOWS =
            Map.of(
                    "train_window_days", "train-window",
                    "validation_window_days", "validation-window",
                    "test_window_days", "test-window",
                    "step_days", "step");

    private final JsonBody body;
    private final Map<String, String> settings;

    /**
     * @param settings to begin with: those of another dataset when it is split otherwise
     */
    private BuildRequest(JsonBody body, Map<String, String> settings) {
        this.body = body;
        this.settings = new TreeMap<>(settings);
    }

    /** The settings of a build; every fault is a 400 that points at the field. */
    static Map<String, String> build(JsonBody body, String id) {
        BuildRequest request = new BuildRequest(body, Map.of());
        request.settings.put("dataset.symbol", symbol(body));
        request.target();
        request.split();
        return request.with(id);
    }

    /** The symbol, as {@link Symbols#isSymbol} says. */
    static String symbol(JsonBody body) {
        String symbol = body.text("symbol", Symbols.MAX_LENGTH);
        if (!Symbols.isSymbol(symbol)) {
            throw invalid("/symbol", "malformed", "symbol must be 2 to 40 of A-Z 0-9 _ -");
        }
        return symbol;
    }

    /** The settings of another dataset with another split. */
    static Map<String, String> resplit(JsonBody body, Map<String, String> other, String id) {
        BuildRequest request = new BuildRequest(body, other);
        request.split();
        return request.with(id);
    }

    private Map<String, String> with(String id) {
        settings.put("dataset.id", id);
        return settings;
    }

    private void target() {
        JsonNode target = object("target_config", TARGET);
        if (target == null) {
            return;
        }
        text(target, "/target_config", "type", "target");
        String type = settings.getOrDefault("dataset.target", "returns");
        try {
            LabelType.of(type);
        } catch (IllegalArgumentException e) {
            throw invalid("/target_config/type", "malformed", String.valueOf(e.getMessage()));
        }
        duration(target, "/target_config", "horizon", "horizon");
        duration(target, "/target_config", "volatility_window", "volatility-window");
        number(target, "/target_config", "threshold", "threshold");
        number(target, "/target_config", "costs", "costs");
        oneOf(target, "/target_config", "price_source", "price-source", List.of("trade", "mid"));
        oneOf(target, "/target_config", "normalization", "scale", List.of("none", "z_score"));
    }

    private void split() {
        body.optionalText("split_strategy", 32)
                .ifPresent(
                        strategy -> {
                            if (!STRATEGIES.contains(strategy)) {
                                throw invalid(
                                        "/split_strategy",
                                        "malformed",
                                        "split_strategy must be one of " + STRATEGIES);
                            }
                            List.of("train", "validation", "test")
                                    .forEach(name -> settings.remove("dataset." + name));
                            settings.put("dataset.split", strategy);
                        });
        span("", "span");
        span("train_", "train");
        span("validation_", "validation");
        span("test_", "test");
        JsonNode walk = object("walk_forward_config", WALK_FIELDS);
        if (walk != null) {
            WINDOWS.forEach((name, key) -> days(walk, name, key));
            JsonBody.of(walk, WALK_FIELDS)
                    .number("min_train_samples", 1, Integer.MAX_VALUE)
                    .ifPresent(rows -> settings.put("dataset.min-train-rows", rows.toString()));
            if (walk.has("start_date") && walk.has("end_date")) {
                settings.put(
                        "dataset.span",
                        time("/walk_forward_config/start_date", walk.get("start_date").asText())
                                + "/"
                                + time(
                                        "/walk_forward_config/end_date",
                                        walk.get("end_date").asText()));
            }
        }
        body.number("k_folds", 2, 100).ifPresent(k -> settings.put("dataset.k", k.toString()));
        body.optionalText("embargo", 32)
                .ifPresent(text -> settings.put("dataset.embargo", parsed("/embargo", text)));
        body.optionalText("output_format", 16)
                .ifPresent(
                        format -> {
                            if (!format.equals("parquet") && !format.equals("csv")) {
                                throw invalid(
                                        "/output_format", "malformed", "must be parquet or csv");
                            }
                            settings.put("dataset.format", format);
                        });
    }

    private void span(String prefix, String key) {
        var start = body.optionalText(prefix + "period_start", 40);
        var end = body.optionalText(prefix + "period_end", 40);
        if (start.isPresent() != end.isPresent()) {
            throw invalid(
                    "/" + prefix + (start.isPresent() ? "period_end" : "period_start"),
                    "missing",
                    "a period has a start and an end");
        }
        if (start.isEmpty() || end.isEmpty()) {
            return;
        }
        OffsetDateTime from = time("/" + prefix + "period_start", start.get());
        OffsetDateTime to = time("/" + prefix + "period_end", end.get());
        if (!from.isBefore(to)) {
            throw invalid(
                    "/" + prefix + "period_end",
                    "out_of_range",
                    "a period must end after its start");
        }
        settings.put("dataset." + key, from + "/" + to);
    }

    private @Nullable JsonNode object(String name, Set<String> known) {
        JsonNode node = body.node(name).orElse(null);
        if (node == null) {
            return null;
        }
        if (!node.isObject()) {
            throw invalid("/" + name, "wrong_type", name + " must be an object");
        }
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            if (!known.contains(names.next())) {
                throw invalid(
                        "/" + name,
                        "unknown_field",
                        "unknown field; known here: " + new TreeSet<>(known));
            }
        }
        return node;
    }

    private void text(JsonNode in, String pointer, String name, String key) {
        JsonNode value = in.get(name);
        if (value != null) {
            if (!value.isTextual()) {
                throw invalid(pointer + "/" + name, "wrong_type", name + " must be a text");
            }
            settings.put("dataset." + key, value.textValue());
        }
    }

    private void oneOf(JsonNode in, String pointer, String name, String key, List<String> words) {
        text(in, pointer, name, key);
        if (in.has(name) && !words.contains(in.get(name).textValue())) {
            throw invalid(pointer + "/" + name, "malformed", name + " must be one of " + words);
        }
    }

    private void number(JsonNode in, String pointer, String name, String key) {
        JsonNode value = in.get(name);
        if (value != null) {
            if (!value.isNumber() || value.doubleValue() < 0) {
                throw invalid(
                        pointer + "/" + name,
                        "wrong_type",
                        name + " must be a number of 0 or more");
            }
            settings.put("dataset." + key, Double.toString(value.doubleValue()));
        }
    }

    /** Seconds as a whole number, or a text such as 5m. */
    private void duration(JsonNode in, String pointer, String name, String key) {
        JsonNode value = in.get(name);
        if (value != null) {
            settings.put(
                    "dataset." + key,
                    parsed(
                            pointer + "/" + name,
                            value.isIntegralNumber() ? value.asText() + "s" : value.asText()));
        }
    }

    private void days(JsonNode in, String name, String key) {
        JsonNode value = in.get(name);
        if (value != null) {
            if (!value.isNumber() || value.doubleValue() < 0) {
                throw invalid(
                        "/walk_forward_config/" + name, "wrong_type", name + " must be a number");
            }
            long seconds = Math.round(value.doubleValue() * Duration.ofDays(1).toSeconds());
            settings.put("dataset." + key, seconds + "s");
        }
    }

    private static String parsed(String pointer, String text) {
        try {
            DurationText.parse(text);
            return text;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw invalid(
                    pointer,
                    "malformed",
                    "must be whole seconds or a duration such as 30s, 5m, 2h");
        }
    }

    private static OffsetDateTime time(String pointer, String text) {
        try {
            if (text.length() == 10) {
                return LocalDate.parse(text).atStartOfDay().atOffset(ZoneOffset.UTC);
            }
            return text.endsWith("Z") || text.matches(".*[+-]\\d\\d:\\d\\d")
                    ? OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC)
                    : LocalDateTime.parse(text).atOffset(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw invalid(
                    pointer, "malformed", "must be a time such as 2025-12-07T12:53:00Z, or a date");
        }
    }

    static ProblemException invalid(String pointer, String code, String detail) {
        return new ProblemException(
                ProblemType.INVALID_REQUEST,
                detail,
                Map.of(
                        "errors",
                        List.of(Map.of("pointer", pointer, "code", code, "detail", detail))));
    }
}
