package io.tidemark.server.predictions;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.schemas.event.Symbols;
import io.tidemark.server.features.LatestRows;
import io.tidemark.server.models.LoadedModel;
import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Features to answer to, in the model's order.
 *
 * @param symbol null when the caller sent the features, as are featureTime and row
 * @param features NaN is undefined
 */
record Asked(
        @Nullable String symbol,
        @Nullable Instant featureTime,
        double[] features,
        LatestRows.@Nullable LatestRow row) {

    /** The newest row of the symbol. */
    static Asked ofSymbol(LatestRows rows, LoadedModel model, String symbol) {
        String version = model.content().featureRegistryVersion();
        LatestRows.LatestRow row =
                rows.newest(symbol, version)
                        .orElseThrow(
                                () ->
                                        new ProblemException(
                                                ProblemType.SYMBOL_NOT_FOUND,
                                                "%s has no row of feature registry %s, which model %s wants; there are rows of %s"
                                                        .formatted(
                                                                symbol,
                                                                version,
                                                                model.content().version(),
                                                                rows.symbols())));
        return ofRow(model, symbol, row);
    }

    /** A row of the feature registry that the model wants. */
    static Asked ofRow(LoadedModel model, String symbol, LatestRows.LatestRow row) {
        List<String> names = model.content().features();
        double[] features = new double[names.size()];
        for (int i = 0; i < features.length; i++) {
            @Nullable Double value = row.features().get(names.get(i));
            features[i] = value == null ? Double.NaN : value;
        }
        return new Asked(symbol, row.gridTime(), features, row);
    }

    /** What the caller sent: a symbol, or features by name or in the model's order. */
    static Asked of(
            LatestRows rows,
            LoadedModel model,
            Optional<JsonNode> symbol,
            Optional<JsonNode> features) {
        if (symbol.isPresent() == features.isPresent()) {
            throw invalid("", "give either symbol or features");
        }
        if (symbol.isPresent()) {
            if (!symbol.get().isTextual() || !Symbols.isSymbol(symbol.get().textValue())) {
                throw invalid("/symbol", "symbol must be 2 to 40 of A-Z 0-9 _ -");
            }
            return ofSymbol(rows, model, symbol.get().textValue());
        }
        return new Asked(null, null, features(model.content().features(), features.get()), null);
    }

    private static double[] features(List<String> names, JsonNode given) {
        double[] features = new double[names.size()];
        Arrays.fill(features, Double.NaN);
        if (given.isArray()) {
            if (given.size() != names.size()) {
                throw invalid(
                        "/features",
                        "the model is told %d features, got %d"
                                .formatted(names.size(), given.size()));
            }
            for (int i = 0; i < features.length; i++) {
                features[i] = number("/features/" + i, given.get(i));
            }
            return features;
        }
        if (!given.isObject()) {
            throw invalid("/features", "features must be an object or a list");
        }
        for (Map.Entry<String, JsonNode> one : given.properties()) {
            int at = names.indexOf(one.getKey());
            if (at < 0) {
                throw invalid("/features", "the model is not told one of these features");
            }
            features[at] = number("/features/" + names.get(at), one.getValue());
        }
        return features;
    }

    private static double number(String pointer, JsonNode value) {
        if (value.isNull()) {
            return Double.NaN;
        }
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw invalid(pointer, "a feature must be a finite number, or null");
        }
        return value.doubleValue();
    }

    static ProblemException invalid(String pointer, String detail) {
        return new ProblemException(
                ProblemType.INVALID_REQUEST,
                detail,
                Map.of(
                        "errors",
                        List.of(
                                Map.of(
                                        "pointer",
                                        pointer,
                                        "code",
                                        "out_of_range",
                                        "detail",
                                        detail))));
    }
}
