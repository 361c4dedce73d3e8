package io.tidemark.server.dataset;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.tidemark.schemas.registry.BuiltInRegistries;
import io.tidemark.schemas.registry.RegistryDocument;
import io.tidemark.server.identity.RequestIds;
import io.tidemark.server.json.Json;
import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import io.tidemark.server.request.JsonBody;
import io.tidemark.server.request.QueryParameters;
import io.tidemark.server.request.Route;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Changes of {@code /dataset}: what is asked for, cancelled and deleted. A worker does it. */
public final class DatasetChanges {
    private static final int SMALL_BODY = 16_384;
    private static final int ID_CHARACTERS = 100;
    private static final Set<String> BUILD_FIELDS = buildFields();

    private final Jdbi changes;
    private final InstantSource clock;

    /**
     * @param changes of a role that may write
     */
    public DatasetChanges(Jdbi changes, InstantSource clock) {
        this.changes = changes;
        this.clock = clock;
    }

    private static Set<String> buildFields() {
        Set<String> fields = new HashSet<>(BuildRequest.SPLIT_FIELDS);
        fields.addAll(Set.of("symbol", "target_config", "feature_registry_version"));
        return Set.copyOf(fields);
    }

    public List<Route> routes() {
        return List.of(
                Route.change(HandlerType.POST, "/dataset/build", this::build),
                Route.change(HandlerType.POST, "/dataset/{id}/resplit", this::resplit),
                Route.change(HandlerType.DELETE, "/dataset/{id}", this::delete));
    }

    private void build(Context ctx) throws IOException {
        JsonBody body = JsonBody.of(ctx, SMALL_BODY, BUILD_FIELDS);
        String symbol = BuildRequest.symbol(body);
        String id = newId(body, symbol);
        Map<String, String> settings = BuildRequest.build(body, id);
        @Nullable String version = body.optionalText("feature_registry_version", 64).orElse(null);
        if (version != null && !QueryParameters.isVersion(version)) {
            throw BuildRequest.invalid("/feature_registry_version", "malformed", "is no version");
        }
        try (Handle handle = changes.open()) {
            DatasetSql sql = handle.attach(DatasetSql.class);
            String yaml = registry(sql, version);
            add(ctx, sql, id, symbol, settings, yaml, RegistryDocument.parse(yaml).cadenceMicros());
        }
    }

    /** The version's; without one the active one's; where none is active the built-in 1.0.0. */
    private static String registry(DatasetSql sql, @Nullable String version) {
        Optional<String> stored = sql.definition(version);
        String builtIn = version == null ? "1.0.0" : version;
        if (stored.isEmpty() && !BuiltInRegistries.versions().contains(builtIn)) {
            throw new ProblemException(
                    ProblemType.REGISTRY_VERSION_NOT_FOUND,
                    "there is no feature registry " + builtIn);
        }
        return stored.orElseGet(() -> BuiltInRegistries.yaml(builtIn));
    }

    private void resplit(Context ctx) throws IOException {
        String other = DatasetResource.id(ctx.pathParam("id"));
        JsonBody body = JsonBody.of(ctx, SMALL_BODY, BuildRequest.SPLIT_FIELDS);
        try (Handle handle = changes.open()) {
            DatasetSql sql = handle.attach(DatasetSql.class);
            StoredDataset stored =
                    sql.dataset(other).orElseThrow(() -> DatasetResource.unknown(other));
            String id = newId(body, stored.symbol());
            Map<String, String> settings =
                    BuildRequest.resplit(body, DatasetBody.settings(stored.request()), id);
            add(
                    ctx,
                    sql,
                    id,
                    stored.symbol(),
                    settings,
                    stored.registryYaml(),
                    stored.cadenceMicros());
        }
    }

    private static String newId(JsonBody body, String symbol) {
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

    private void add(
            Context ctx,
            DatasetSql sql,
            String id,
            String symbol,
            Map<String, String> settings,
            String yaml,
            long cadenceMicros) {
        String request = new String(Json.bytes(settings), StandardCharsets.UTF_8);
        if (sql.add(id, symbol, request, yaml, cadenceMicros, RequestIds.of(ctx)) == 0) {
            throw new ProblemException(
                    ProblemType.DATASET_EXISTS, "there is a dataset %s already".formatted(id));
        }
        told(ctx, sql, id);
    }

    private void delete(Context ctx) throws IOException {
        String id = DatasetResource.id(ctx.pathParam("id"));
        JsonBody.of(ctx, SMALL_BODY, Set.of());
        try (Handle handle = changes.open()) {
            DatasetSql sql = handle.attach(DatasetSql.class);
            if (sql.cancel(id) == 0) {
                sql.delete(id);
            }
            told(ctx, sql, id);
        }
    }

    private void told(Context ctx, DatasetSql sql, String id) {
        StoredDataset stored = sql.dataset(id).orElseThrow(() -> DatasetResource.unknown(id));
        ctx.status(202);
        DatasetResource.answer(ctx, DatasetBody.of(stored, clock.instant()));
    }
}
