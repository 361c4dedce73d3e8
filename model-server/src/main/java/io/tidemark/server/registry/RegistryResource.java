package io.tidemark.server.registry;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.tidemark.schemas.registry.RegistryDocument;
import io.tidemark.server.identity.RequestIds;
import io.tidemark.server.json.Json;
import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import io.tidemark.server.request.QueryParameters;
import io.tidemark.server.request.Route;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Reads of {@code /feature-registry}: what is active, what there is, who uses it. */
public final class RegistryResource {
    private static final long MOST_VERSIONS = 1_000;
    private static final long MOST_ACTIVATIONS = 1_000;

    private final Jdbi reads;
    private final InstantSource clock;

    public RegistryResource(Jdbi reads, InstantSource clock) {
        this.reads = reads;
        this.clock = clock;
    }

    public List<Route> routes() {
        String one = "/feature-registry/versions/{version}";
        return List.of(
                Route.read("/feature-registry", Set.of(), this::active),
                Route.read("/feature-registry/validate", Set.of("version"), this::validate),
                Route.read("/feature-registry/versions", Set.of(), this::versions),
                Route.read(one, Set.of(), this::version),
                Route.read(one + "/usage", Set.of(), this::usage));
    }

    private void active(Context ctx) {
        try (Handle handle = reads.open()) {
            RegistrySql sql = handle.attach(RegistrySql.class);
            StoredActivation activation = activeOf(sql);
            StoredVersion version = Activator.existing(sql, activation.version());
            Optional<RegistryDocument> document = Definition.of(version).document();
            answer(
                    ctx,
                    new Active(
                            RegistryBodies.Activation.of(activation),
                            version.cadenceMicros() / 1_000,
                            document.map(RegistryBodies.Feature::of).orElse(List.of()),
                            RequestIds.of(ctx)));
        }
    }

    private static StoredActivation activeOf(RegistrySql sql) {
        return sql.active()
                .orElseThrow(
                        () ->
                                new ProblemException(
                                        ProblemType.REGISTRY_VERSION_NOT_FOUND,
                                        "no feature registry is active; the first start of the job"
                                                + " activates its own"));
    }

    private void validate(Context ctx) {
        Optional<String> asked = QueryParameters.of(ctx).version();
        try (Handle handle = reads.open()) {
            RegistrySql sql = handle.attach(RegistrySql.class);
            String version = asked.orElseGet(() -> activeOf(sql).version());
            Definition definition = Definition.of(Activator.existing(sql, version));
            answer(
                    ctx,
                    new Validated(
                            version,
                            definition.isUsable(),
                            RegistryBodies.problems(definition.problems()),
                            clock.instant().toString(),
                            RequestIds.of(ctx)));
        }
    }

    private void versions(Context ctx) {
        try (Handle handle = reads.open()) {
            RegistrySql sql = handle.attach(RegistrySql.class);
            List<StoredActivation> activations = sql.activations(null, MOST_ACTIVATIONS);
            String now = clock.instant().toString();
            answer(
                    ctx,
                    new Versions(
                            activations.isEmpty() ? null : activations.get(0).version(),
                            sql.versions(null, MOST_VERSIONS).stream()
                                    .map(
                                            one ->
                                                    RegistryBodies.Version.of(
                                                            one, activations, now, false))
                                    .toList(),
                            RequestIds.of(ctx)));
        }
    }

    private void version(Context ctx) {
        String version = version(ctx.pathParam("version"));
        try (Handle handle = reads.open()) {
            RegistrySql sql = handle.attach(RegistrySql.class);
            answer(
                    ctx,
                    new One(
                            RegistryBodies.Version.of(
                                    Activator.existing(sql, version),
                                    sql.activations(version, 1),
                                    clock.instant().toString(),
                                    true),
                            RequestIds.of(ctx)));
        }
    }

    private void usage(Context ctx) {
        String version = version(ctx.pathParam("version"));
        try (Handle handle = reads.open()) {
            RegistrySql sql = handle.attach(RegistrySql.class);
            StoredVersion stored = Activator.existing(sql, version);
            List<RegistryBodies.Activation> activations =
                    sql.activations(version, MOST_ACTIVATIONS).stream()
                            .map(RegistryBodies.Activation::of)
                            .toList();
            List<SymbolRows> symbols =
                    sql.symbols(version).stream()
                            .map(
                                    one ->
                                            new SymbolRows(
                                                    one.symbol(),
                                                    RegistryBodies.utc(one.gridTime())))
                            .toList();
            answer(
                    ctx,
                    new Usage(
                            version,
                            stored.active(),
                            stored.activations(),
                            activations,
                            symbols,
                            RequestIds.of(ctx)));
        }
    }

    /** A version as a part of a path. */
    static String version(String text) {
        if (!QueryParameters.isVersion(text)) {
            throw new ProblemException(
                    ProblemType.REGISTRY_VERSION_NOT_FOUND,
                    "a version is 1 to 64 of letters, digits and . _ + -");
        }
        return text;
    }

    static void answer(Context ctx, Object body) {
        ctx.contentType(ContentType.APPLICATION_JSON).result(Json.bytes(body));
    }

    private record Active(
            @JsonUnwrapped RegistryBodies.Activation activation,
            long cadenceMs,
            List<RegistryBodies.Feature> features,
            String requestId) {}

    private record Validated(
            String version,
            boolean valid,
            List<RegistryBodies.Problem> errors,
            String validatedAt,
            String requestId) {}

    private record Versions(
            @Nullable String activeVersion,
            List<RegistryBodies.Version> versions,
            String requestId) {}

    private record One(@JsonUnwrapped RegistryBodies.Version version, String requestId) {}

    private record Usage(
            String version,
            boolean isActive,
            long usageCount,
            List<RegistryBodies.Activation> activations,
            List<SymbolRows> symbols,
            String requestId) {}

    private record SymbolRows(String symbol, String newestRow) {}
}
