package io.tidemark.server.registry;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.tidemark.schemas.registry.BuiltInRegistries;
import io.tidemark.schemas.registry.FeatureEntry;
import io.tidemark.schemas.registry.RegistryDocument;
import io.tidemark.schemas.settings.NamedFile;
import io.tidemark.server.identity.RequestIds;
import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import io.tidemark.server.request.JsonBody;
import io.tidemark.server.request.Route;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Changes of {@code /feature-registry}; each is done whole or not at all. */
public final class RegistryChanges {
    private static final int MOST_BYTES = 4 * RegistryDocument.MAX_BYTES;
    private static final int SMALL_BODY = 16_384;
    private static final int NAME = 200;
    private static final int REASON = 2_000;

    private final Jdbi changes;
    private final Activator activator;
    private final Optional<Path> file;
    private final InstantSource clock;

    /**
     * @param changes of a role that may write
     * @param file a registry that a reload takes up besides the built-in ones
     */
    public RegistryChanges(Jdbi changes, Optional<Path> file, InstantSource clock) {
        this.changes = changes;
        this.activator = new Activator(changes);
        this.file = file;
        this.clock = clock;
    }

    public List<Route> routes() {
        String one = "/feature-registry/versions/{version}";
        return List.of(
                Route.change(HandlerType.POST, "/feature-registry/reload", this::reload),
                Route.change(HandlerType.POST, "/feature-registry/versions", this::add),
                Route.change(HandlerType.POST, one + "/activate", this::activate),
                Route.change(HandlerType.POST, "/feature-registry/rollback", this::rollback),
                Route.change(HandlerType.DELETE, one, this::delete));
    }

    private void add(Context ctx) throws IOException {
        JsonBody body = JsonBody.of(ctx, MOST_BYTES, Set.of("definition", "created_by"));
        String yaml = body.text("definition", RegistryDocument.MAX_BYTES);
        String by = body.optionalText("created_by", NAME).orElse("");
        try (Handle handle = changes.open()) {
            RegistrySql sql = handle.attach(RegistrySql.class);
            Added added = add(sql, yaml, by);
            ctx.status(added.isNew() ? 201 : 200);
            RegistryResource.answer(
                    ctx,
                    new Version(
                            RegistryBodies.Version.of(
                                    Activator.existing(sql, added.version()),
                                    sql.activations(added.version(), 1),
                                    clock.instant().toString(),
                                    true),
                            RequestIds.of(ctx)));
        }
    }

    private record Added(String version, boolean isNew) {}

    private static Added add(RegistrySql sql, String yaml, String by) {
        Definition definition = Definition.read(yaml);
        if (!definition.isUsable()) {
            throw Activator.unusable("the definition is not usable", definition);
        }
        RegistryDocument document = definition.document().orElseThrow();
        String[] names =
                document.features().stream().map(FeatureEntry::name).toArray(String[]::new);
        int inserted = sql.add(document.version(), names, document.cadenceMicros(), yaml, by);
        if (inserted == 0
                && !yaml.equals(Activator.existing(sql, document.version()).definition())) {
            throw new ProblemException(
                    ProblemType.VERSION_EXISTS,
                    "there is another feature registry %s; a changed registry needs a new version"
                            .formatted(document.version()));
        }
        return new Added(document.version(), inserted == 1);
    }

    private void reload(Context ctx) throws IOException {
        JsonBody.of(ctx, SMALL_BODY, Set.of());
        List<String> registered = new ArrayList<>();
        try (Handle handle = changes.open()) {
            RegistrySql sql = handle.attach(RegistrySql.class);
            Optional<Added> own = file.map(path -> add(sql, read(path), "file"));
            own.filter(Added::isNew).ifPresent(added -> registered.add(added.version()));
            for (String version : BuiltInRegistries.versions()) {
                if (sql.version(version).isEmpty()) {
                    registered.add(add(sql, BuiltInRegistries.yaml(version), "tidemark").version());
                }
            }
            RegistryResource.answer(
                    ctx,
                    new Reloaded(
                            registered,
                            own.map(Added::version).orElse(null),
                            sql.active().map(StoredActivation::version).orElse(null),
                            RequestIds.of(ctx)));
        }
    }

    private static String read(Path file) {
        try {
            return NamedFile.text(file, RegistryDocument.MAX_BYTES);
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.INVALID_REGISTRY, "the file of registry.path cannot be read");
        }
    }

    private void activate(Context ctx) throws IOException {
        String version = RegistryResource.version(ctx.pathParam("version"));
        JsonBody body =
                JsonBody.of(
                        ctx,
                        SMALL_BODY,
                        Set.of(
                                "activated_by",
                                "activation_reason",
                                "acknowledge_breaking_changes"));
        answer(
                ctx,
                activator.activate(
                        new Activator.Wish(
                                version,
                                body.text("activated_by", NAME),
                                body.text("activation_reason", REASON),
                                body.flag("acknowledge_breaking_changes"))));
    }

    private void rollback(Context ctx) throws IOException {
        JsonBody body = JsonBody.of(ctx, SMALL_BODY, Set.of("activated_by", "activation_reason"));
        answer(
                ctx,
                activator.rollback(
                        body.text("activated_by", NAME), body.text("activation_reason", REASON)));
    }

    private static void answer(Context ctx, Activator.Done done) {
        RegistryResource.answer(
                ctx,
                new Activated(
                        RegistryBodies.Activation.of(done.activation()),
                        done.compatibility().warnings(),
                        done.compatibility().breaking(),
                        RequestIds.of(ctx)));
    }

    private void delete(Context ctx) throws IOException {
        String version = RegistryResource.version(ctx.pathParam("version"));
        JsonBody.of(ctx, SMALL_BODY, Set.of());
        try (Handle handle = changes.open()) {
            RegistrySql sql = handle.attach(RegistrySql.class);
            StoredVersion stored = Activator.existing(sql, version);
            int symbols = sql.symbols(version).size();
            if (stored.activations() > 0 || symbols > 0 || sql.delete(version) == 0) {
                throw new ProblemException(
                        ProblemType.VERSION_IN_USE,
                        "version %s was activated %d times and has rows of %d symbols; only one that was never used is deleted"
                                .formatted(version, stored.activations(), symbols),
                        Map.of("usage_count", stored.activations()));
            }
            RegistryResource.answer(ctx, new Deleted(version, RequestIds.of(ctx)));
        }
    }

    private record Version(@JsonUnwrapped RegistryBodies.Version version, String requestId) {}

    private record Reloaded(
            List<String> registered,
            @Nullable String fileVersion,
            @Nullable String activeVersion,
            String requestId) {}

    private record Activated(
            @JsonUnwrapped RegistryBodies.Activation activation,
            List<String> compatibilityWarnings,
            List<String> breakingChanges,
            String requestId) {}

    private record Deleted(String deleted, String requestId) {}
}
