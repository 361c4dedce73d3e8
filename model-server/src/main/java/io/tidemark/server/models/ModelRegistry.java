package io.tidemark.server.models;

import io.tidemark.server.model.ModelRefusedException;
import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Versions and which is active, in the database; their packages, where packages lie. Any number of
 * servers may publish and activate at once: numbers of both are given out once.
 */
public final class ModelRegistry {
    private static final long TOLD = 50;
    private static final Pattern NUMBER = Pattern.compile("v?[1-9][0-9]{0,8}");

    private final Jdbi reads;
    private final Jdbi changes;
    private final PackageStore packages;

    /**
     * @param changes of a role that may write
     */
    public ModelRegistry(Jdbi reads, Jdbi changes, PackageStore packages) {
        this.reads = reads;
        this.changes = changes;
        this.packages = packages;
    }

    /** The number in {@code v3} or {@code 3}; empty when it is neither. */
    public static OptionalLong number(String version) {
        return NUMBER.matcher(version).matches()
                ? OptionalLong.of(Long.parseLong(version.replace("v", "")))
                : OptionalLong.empty();
    }

    /**
     * A new version, of the next number nobody has. Its package is there before the database tells
     * of it; a package the database does not know is no version.
     *
     * @param files by name, beside package.json
     * @param made the package's content for its number, which must have their hashes
     * @param label what it foretells, as outcomes are called
     * @throws ProblemException when the package cannot be put where packages lie
     */
    public StoredModel publish(
            Map<String, byte[]> files, LongFunction<ModelPackage> made, String label) {
        for (long number = newest() + 1; ; number++) {
            ModelPackage content = made.apply(number);
            Optional<String> sha256 = reached(() -> packages.publish(files, content));
            if (sha256.isPresent() && added(number, sha256.get(), content, label)) {
                return version(number);
            }
        }
    }

    private long newest() {
        try (Handle handle = changes.open()) {
            return handle.attach(ModelSql.class).versions(null, 1).stream()
                    .mapToLong(StoredModel::number)
                    .findFirst()
                    .orElse(0);
        }
    }

    /** False when another package has the number. */
    private boolean added(long number, String sha256, ModelPackage content, String label) {
        return changes.inTransaction(
                handle -> {
                    ModelSql sql = handle.attach(ModelSql.class);
                    boolean added =
                            sql.add(
                                            number,
                                            sha256,
                                            content.algorithm(),
                                            content.dataset().id(),
                                            content.dataset().certificateSha256(),
                                            content.metrics().toString(),
                                            label)
                                    == 1;
                    if (added) {
                        addBaselines(sql, number, content);
                    }
                    return added;
                });
    }

    /** For the job, which does not read packages. */
    private static void addBaselines(ModelSql sql, long number, ModelPackage content) {
        int position = 0;
        for (ModelPackage.StoredBaseline one : content.driftBaseline()) {
            sql.addBaseline(
                    number,
                    content.dataset().symbol(),
                    position++,
                    content.featureRegistryVersion(),
                    one.feature(),
                    one.edges(),
                    one.counts(),
                    one.values(),
                    one.mean(),
                    one.squares(),
                    one.window(),
                    one.spread());
        }
    }

    /**
     * Makes a version the active one. It is loaded first: what cannot be loaded is not activated.
     *
     * @throws ProblemException when there is none such, when it is refused, or when somebody else
     *     activated meanwhile; nothing changes then
     */
    public ModelActivation activate(long version, String by, String reason) {
        try (Handle handle = changes.open()) {
            ModelSql sql = handle.attach(ModelSql.class);
            Optional<ModelActivation> active = sql.active();
            StoredModel wanted = existing(sql, version);
            if (active.isPresent() && active.get().version() == version) {
                return active.get();
            }
            load(wanted);
            long number = active.map(ModelActivation::number).orElse(0L) + 1;
            if (sql.activate(number, version, by, reason) == 0) {
                throw new ProblemException(
                        ProblemType.ACTIVATION_CONFLICT,
                        "another model was activated meanwhile; look again");
            }
            return sql.activations(null, TOLD).stream()
                    .filter(one -> one.number() == number)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Makes the version active that was so before. */
    public ModelActivation rollback(String by, String reason) {
        long before;
        try (Handle handle = changes.open()) {
            before =
                    handle.attach(ModelSql.class)
                            .activeBefore()
                            .orElseThrow(
                                    () ->
                                            new ProblemException(
                                                    ProblemType.NOTHING_BEFORE,
                                                    "no other model was active before"));
        }
        return activate(before, by, reason);
    }

    /**
     * Makes the version active that was so before this activation, when it still is the newest.
     *
     * @return empty when somebody activated meanwhile, or no other version was active before
     */
    public Optional<ModelActivation> rollbackOf(ModelActivation newest, String by, String reason) {
        try (Handle handle = changes.open()) {
            ModelSql sql = handle.attach(ModelSql.class);
            Optional<Long> before = sql.activeBefore();
            if (before.isEmpty()) {
                return Optional.empty();
            }
            load(existing(sql, before.get()));
            // The number after it is given out once: nobody else's activation is undone.
            return sql.activate(newest.number() + 1, before.get(), by, reason) == 0
                    ? Optional.empty()
                    : sql.active();
        }
    }

    /** The active version and those to compare it with; empty when none is active. */
    public Optional<Rivals> rivals() {
        try (Handle handle = reads.open()) {
            ModelSql sql = handle.attach(ModelSql.class);
            return sql.active()
                    .map(
                            champion ->
                                    new Rivals(
                                            champion,
                                            sql.versions(null, 1).stream()
                                                    .map(StoredModel::number)
                                                    .filter(newest -> newest > champion.version())
                                                    .findFirst(),
                                            sql.activeBefore()));
        }
    }

    /** The active version; empty when none ever was. */
    public Optional<StoredModel> active() {
        try (Handle handle = reads.open()) {
            ModelSql sql = handle.attach(ModelSql.class);
            return sql.active().flatMap(active -> sql.version(active.version()));
        }
    }

    /** The version, or a problem that says what there is. */
    public StoredModel version(long number) {
        try (Handle handle = reads.open()) {
            return existing(handle.attach(ModelSql.class), number);
        }
    }

    /** The model of a version, or a problem that says why it is not taken. */
    public LoadedModel load(StoredModel version) {
        try {
            return reached(() -> packages.load(version.version(), version.packageSha256()));
        } catch (ModelRefusedException e) {
            throw new ProblemException(
                    ProblemType.MODEL_REFUSED,
                    "model %s is not usable: %s".formatted(version.version(), e.getMessage()));
        }
    }

    /** The page of a version for people; a problem when there is none or it is not taken. */
    byte[] report(StoredModel version) {
        try {
            return reached(() -> packages.report(version.version(), version.packageSha256()))
                    .orElseThrow(
                            () ->
                                    new ProblemException(
                                            ProblemType.NOT_FOUND,
                                            version.version() + " was published without a report"));
        } catch (ModelRefusedException e) {
            throw new ProblemException(
                    ProblemType.MODEL_REFUSED,
                    "the report of %s is not shown: %s"
                            .formatted(version.version(), e.getMessage()));
        }
    }

    /** What is asked of the packages; E is thrown through. */
    private interface Question<T, E extends Exception> {
        T ask() throws E;
    }

    private static <T, E extends Exception> T reached(Question<T, E> question) throws E {
        try {
            return question.ask();
        } catch (UncheckedIOException e) {
            ProblemException problem =
                    new ProblemException(
                            ProblemType.PACKAGES_UNAVAILABLE, String.valueOf(e.getMessage()));
            problem.initCause(e);
            throw problem;
        }
    }

    static StoredModel existing(ModelSql sql, long number) {
        return sql.version(number)
                .orElseThrow(
                        () -> {
                            List<String> there =
                                    sql.versions(null, TOLD).stream()
                                            .map(StoredModel::version)
                                            .toList();
                            return new ProblemException(
                                    ProblemType.MODEL_NOT_FOUND,
                                    "there is no model v%d; there are %s".formatted(number, there),
                                    Map.of("available_versions", there));
                        });
    }
}
