package io.tidemark.server.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.server.json.Json;
import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.request.JsonBody;
import io.tidemark.server.request.QueryParameters;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A dataset that is asked for, checked as far as it can be without database and archive.
 *
 * @param settings of the worker that builds it
 * @param registryVersion of the feature registry; empty: the active one
 */
public record DatasetOrder(
        String id, String symbol, Map<String, String> settings, Optional<String> registryVersion) {
    static final Set<String> FIELDS = fields();
    private static final int ID_CHARACTERS = 100;

    private static Set<String> fields() {
        Set<String> fields = new HashSet<>(BuildRequest.SPLIT_FIELDS);
        fields.addAll(Set.of("symbol", "target_config", "feature_registry_version"));
        return Set.copyOf(fields);
    }

    /**
     * The body of {@code POST /dataset/build} where it is part of another.
     *
     * @throws ProblemException a 400 that points at the field, within the object
     */
    public static DatasetOrder of(JsonNode object) {
        return of(JsonBody.of(object, FIELDS));
    }

    static DatasetOrder of(JsonBody body) {
        String symbol = BuildRequest.symbol(body);
        String id = newId(body, symbol);
        Map<String, String> settings = BuildRequest.build(body, id);
        Optional<String> version = body.optionalText("feature_registry_version", 64);
        if (version.isPresent() && !QueryParameters.isVersion(version.get())) {
            throw BuildRequest.invalid("/feature_registry_version", "malformed", "is no version");
        }
        return new DatasetOrder(id, symbol, settings, version);
    }

    /** The id in the body, or one nobody else has. */
    static String newId(JsonBody body, String symbol) {
        String id =
                body.optionalText("dataset_id", ID_CHARACTERS)
                        .orElseGet(
                                () ->
                                        symbol.toLowerCase(Locale.ROOT)
                                                + "-"
                                                + UUID.randomUUID().toString().substring(0, 13));
        if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            throw BuildRequest.invalid(
                    "/dataset_id", "malformed", "must be letters, digits and ._-");
        }
        return id;
    }

    /** Settings as the table keeps them. */
    static String json(Map<String, String> settings) {
        return new String(Json.bytes(settings), StandardCharsets.UTF_8);
    }
}
