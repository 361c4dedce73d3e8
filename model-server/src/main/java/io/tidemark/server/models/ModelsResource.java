package io.tidemark.server.models;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.tidemark.server.identity.RequestIds;
import io.tidemark.server.json.Json;
import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import io.tidemark.server.request.JsonBody;
import io.tidemark.server.request.QueryParameters;
import io.tidemark.server.request.Route;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** {@code /models}: versions, which is active and was, and changing that. */
public final class ModelsResource {
    private static final long MOST = 1_000;
    private static final int SMALL_BODY = 16_384;
    private static final int NAME = 200;
    private static final int REASON = 2_000;

    private final Jdbi reads;
    private final ModelRegistry registry;
    private final ActiveModel active;

    public ModelsResource(Jdbi reads, ModelRegistry registry, ActiveModel active) {
        this.reads = reads;
        this.registry = registry;
        this.active = active;
    }

    public List<Route> routes() {
        return List.of(
                Route.read("/models", Set.of("as_of"), this::models),
                Route.read("/models/{version}", Set.of(), this::model),
                Route.read("/model/{version}", Set.of(), this::model),
                Route.read("/health/models", Set.of(), this::health),
                Route.change(HandlerType.POST, "/models/activate/{version}", this::activate),
                Route.change(HandlerType.POST, "/admin/activate/{version}", this::activate),
                Route.change(HandlerType.POST, "/admin/rollback", this::rollback),
                Route.change(HandlerType.POST, "/admin/reload", this::reload));
    }

    /** As it is now, or as it was at {@code as_of}. */
    private void models(Context ctx) {
        @Nullable Instant asOf = QueryParameters.of(ctx).time("as_of").orElse(null);
        @Nullable OffsetDateTime at = asOf == null ? null : asOf.atOffset(ZoneOffset.UTC);
        try (Handle handle = reads.open()) {
            ModelSql sql = handle.attach(ModelSql.class);
            List<StoredModel> versions =
                    sql.versions(null, MOST).stream()
                            .filter(one -> at == null || !one.createdAt().isAfter(at))
                            .toList();
            List<ModelActivation> activations = sql.activations(at, MOST);
            Long champion = activations.isEmpty() ? null : activations.get(0).version();
            answer(
                    ctx,
                    new Models(
                            versions.stream().map(StoredModel::version).toList(),
                            champion == null ? null : "v" + champion,
                            aliases(versions, activations),
                            versions.stream().map(one -> Version.of(one, champion)).toList(),
                            activations.stream().map(Activation::of).toList(),
                            RequestIds.of(ctx)));
        }
    }

    /** The challenger is the newest version that came after the champion. */
    private static Map<String, String> aliases(
            List<StoredModel> versions, List<ModelActivation> activations) {
        Map<String, String> aliases = new LinkedHashMap<>();
        long champion = activations.isEmpty() ? 0 : activations.get(0).version();
        if (champion > 0) {
            aliases.put("champion", "v" + champion);
        }
        if (!versions.isEmpty() && versions.get(0).number() > champion) {
            aliases.put("challenger", versions.get(0).version());
        }
        activations.stream()
                .map(ModelActivation::version)
                .filter(version -> version != champion)
                .findFirst()
                .ifPresent(before -> aliases.put("previous", "v" + before));
        return aliases;
    }

    private void model(Context ctx) {
        StoredModel stored = registry.version(number(ctx));
        Optional<StoredModel> champion = registry.active();
        LoadedModel loaded = registry.load(stored);
        ModelPackage content = loaded.content();
        answer(
                ctx,
                new Detail(
                        Version.of(stored, champion.map(StoredModel::number).orElse(null)),
                        loaded.sha256(),
                        content.featureRegistryVersion(),
                        content.features(),
                        content.missing(),
                        content.label(),
                        content.dataset(),
                        content.hyperparameters(),
                        content.importance(),
                        content.codeVersion(),
                        RequestIds.of(ctx)));
    }

    private void health(Context ctx) {
        Optional<LoadedModel> loaded = active.peek();
        ctx.status(loaded.isPresent() ? 200 : 503);
        answer(
                ctx,
                new Health(
                        loaded.isEmpty()
                                ? "unavailable"
                                : active.trouble().isPresent() ? "degraded" : "healthy",
                        loaded.map(one -> one.content().version()).orElse(null),
                        loaded.map(LoadedModel::sha256).orElse(null),
                        active.trouble().orElse(null),
                        RequestIds.of(ctx)));
    }

    private void activate(Context ctx) throws IOException {
        JsonBody body = JsonBody.of(ctx, SMALL_BODY, Set.of("activated_by", "activation_reason"));
        ModelActivation done =
                registry.activate(
                        number(ctx),
                        body.text("activated_by", NAME),
                        body.text("activation_reason", REASON));
        active.refresh();
        answer(ctx, new Activated(Activation.of(done), RequestIds.of(ctx)));
    }

    private void rollback(Context ctx) throws IOException {
        JsonBody body = JsonBody.of(ctx, SMALL_BODY, Set.of("activated_by", "activation_reason"));
        ModelActivation done =
                registry.rollback(
                        body.text("activated_by", NAME), body.text("activation_reason", REASON));
        active.refresh();
        answer(ctx, new Activated(Activation.of(done), RequestIds.of(ctx)));
    }

    private void reload(Context ctx) throws IOException {
        JsonBody.of(ctx, SMALL_BODY, Set.of());
        active.refresh();
        health(ctx);
        ctx.status(200);
    }

    private static long number(Context ctx) {
        String version = ctx.pathParam("version");
        return ModelRegistry.number(version)
                .orElseThrow(
                        () ->
                                new ProblemException(
                                        ProblemType.MODEL_NOT_FOUND,
                                        "a model version is v1, v2, and so on"));
    }

    private static void answer(Context ctx, Object body) {
        ctx.contentType(ContentType.APPLICATION_JSON).result(Json.bytes(body));
    }

    private record Version(
            String version,
            String createdAt,
            String algorithm,
            String datasetId,
            String certificateSha256,
            @JsonRawValue String metrics,
            @JsonProperty("is_active") boolean isActive) {
        static Version of(StoredModel stored, @Nullable Long champion) {
            return new Version(
                    stored.version(),
                    stored.createdAt().toInstant().toString(),
                    stored.algorithm(),
                    stored.datasetId(),
                    stored.certificateSha256(),
                    stored.metrics(),
                    champion != null && champion == stored.number());
        }
    }

    private record Activation(
            long activation,
            String version,
            String activatedBy,
            String activationReason,
            String activatedAt) {
        static Activation of(ModelActivation stored) {
            return new Activation(
                    stored.number(),
                    "v" + stored.version(),
                    stored.activatedBy(),
                    stored.reason(),
                    stored.activatedAt().toInstant().toString());
        }
    }

    private record Models(
            List<String> availableVersions,
            @Nullable String activeVersion,
            Map<String, String> aliases,
            List<Version> models,
            List<Activation> activations,
            String requestId) {}

    private record Detail(
            @JsonUnwrapped Version version,
            String packageSha256,
            String featureRegistryVersion,
            List<String> features,
            ModelPackage.Missing missing,
            ModelPackage.Label label,
            ModelPackage.Dataset dataset,
            Map<String, Double> hyperparameters,
            Map<String, Double> importance,
            String codeVersion,
            String requestId) {}

    private record Health(
            String status,
            @Nullable String modelVersion,
            @Nullable String modelSha256,
            @Nullable String trouble,
            String requestId) {}

    private record Activated(@JsonUnwrapped Activation activation, String requestId) {}
}
