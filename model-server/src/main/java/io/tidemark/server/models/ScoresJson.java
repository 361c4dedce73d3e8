package io.tidemark.server.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.server.training.FoldScores;
import io.tidemark.server.training.Scores;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Scores as packages and answers have them. */
final class ScoresJson {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();

    private ScoresJson() {}

    static JsonNode of(Map<String, Scores> scores) {
        ObjectNode named = JSON.createObjectNode();
        scores.forEach((name, one) -> named.set(name, of(one)));
        return named;
    }

    /** What is not defined is null, as JSON has no NaN. */
    static JsonNode of(@Nullable Scores scores) {
        if (scores == null) {
            return JSON.nullNode();
        }
        ObjectNode tree =
                JSON.valueToTree(
                        scores.regression() != null
                                ? scores.regression()
                                : scores.classification());
        return withoutNaN(tree);
    }

    static JsonNode of(List<FoldScores> folds) {
        ArrayNode all = JSON.createArrayNode();
        folds.forEach(fold -> all.add(withoutNaN(JSON.valueToTree(fold))));
        return all;
    }

    private static ObjectNode withoutNaN(ObjectNode tree) {
        for (Map.Entry<String, JsonNode> one : tree.properties()) {
            if (one.getValue().isDouble() && Double.isNaN(one.getValue().doubleValue())) {
                one.setValue(JSON.nullNode());
            }
        }
        return tree;
    }
}
