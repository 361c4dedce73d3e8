package io.tidemark.server.registry;

import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Makes another version the active one, or changes nothing. Between looking and writing somebody
 * else may have activated; then the number is taken, and this call loses.
 */
final class Activator {
    private static final long TOLD = 50;

    private final Jdbi changes;

    Activator(Jdbi changes) {
        this.changes = changes;
    }

    /**
     * Who wants it, and why.
     *
     * @param breaking whether breaking changes are known and wanted
     */
    record Wish(String version, String by, String reason, boolean breaking) {}

    /** What was done: the activation now, and what changes for readers of rows. */
    record Done(StoredActivation activation, Compatibility compatibility) {}

    /** The version of the wish; the active one again changes nothing. */
    Done activate(Wish wish) {
        try (Handle handle = changes.open()) {
            return activate(handle.attach(RegistrySql.class), wish);
        }
    }

    /** The version that was active before, whatever that breaks: it was in use. */
    Done rollback(String by, String reason) {
        try (Handle handle = changes.open()) {
            RegistrySql sql = handle.attach(RegistrySql.class);
            String before =
                    sql.activeBefore()
                            .orElseThrow(
                                    () ->
                                            new ProblemException(
                                                    ProblemType.NOTHING_BEFORE,
                                                    "no other version was active before"));
            return activate(sql, new Wish(before, by, reason, true));
        }
    }

    private static Done activate(RegistrySql sql, Wish wish) {
        Optional<StoredActivation> active = sql.active();
        StoredVersion wanted = existing(sql, wish.version());
        if (active.isPresent() && active.get().version().equals(wish.version())) {
            return new Done(active.get(), Compatibility.SAME);
        }
        Definition after = Definition.of(wanted);
        if (!after.isUsable()) {
            throw unusable("version %s is not usable".formatted(wish.version()), after);
        }
        Compatibility compatibility =
                active.flatMap(now -> sql.version(now.version()))
                        .flatMap(now -> Definition.of(now).document())
                        .map(now -> Compatibility.of(now, after.document().orElseThrow()))
                        .orElse(Compatibility.SAME);
        if (!compatibility.breaking().isEmpty() && !wish.breaking()) {
            throw new ProblemException(
                    ProblemType.BREAKING_CHANGES,
                    "%d breaking changes; send acknowledge_breaking_changes when they are wanted"
                            .formatted(compatibility.breaking().size()),
                    Map.of(
                            "breaking_changes",
                            compatibility.breaking(),
                            "compatibility_warnings",
                            compatibility.warnings()));
        }
        long number = active.map(StoredActivation::number).orElse(0L) + 1;
        if (sql.activate(number, wish.version(), wish.by(), wish.reason()) == 0) {
            throw new ProblemException(
                    ProblemType.ACTIVATION_CONFLICT,
                    "another version was activated meanwhile; look again");
        }
        return new Done(sql.activation(number), compatibility);
    }

    /** The version, or a 404 that says what there is. */
    static StoredVersion existing(RegistrySql sql, String version) {
        return sql.version(version)
                .orElseThrow(
                        () -> {
                            List<String> there =
                                    sql.versions(null, TOLD).stream()
                                            .map(StoredVersion::version)
                                            .toList();
                            return new ProblemException(
                                    ProblemType.REGISTRY_VERSION_NOT_FOUND,
                                    "no feature registry %s; there are %s"
                                            .formatted(version, there),
                                    Map.of("available_versions", there));
                        });
    }

    /** Everything that is wrong with a definition, with lines. */
    static ProblemException unusable(String detail, Definition definition) {
        List<Map<String, Object>> errors =
                definition.problems().stream()
                        .map(
                                problem ->
                                        Map.<String, Object>of(
                                                "pointer",
                                                "/definition",
                                                "code",
                                                "invalid_registry",
                                                "line",
                                                problem.line(),
                                                "detail",
                                                problem.message()))
                        .toList();
        return new ProblemException(
                ProblemType.INVALID_REGISTRY,
                detail + ": " + definition.problems().get(0),
                Map.of("errors", errors));
    }
}
