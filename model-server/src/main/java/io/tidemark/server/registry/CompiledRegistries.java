package io.tidemark.server.registry;

import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.registry.BuiltInRegistries;
import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Feature registries by version, compiled. What the store has comes before what comes with this
 * build: a job may have registered a built-in version with another cadence. Safe for many threads.
 */
public final class CompiledRegistries {
    private static final int MOST_NAMED = 100;

    private final Jdbi reads;
    private final Map<Key, FeatureSet> sets = new ConcurrentHashMap<>();

    /** A version that was never activated may be replaced by another definition. */
    private record Key(String version, long cadenceMicros, String definition) {}

    /**
     * Registries of that store.
     *
     * @param reads of the serving store
     */
    public CompiledRegistries(Jdbi reads) {
        this.reads = reads;
    }

    /**
     * The registry of that version. A lookup in the store, and once a compilation.
     *
     * @throws ProblemException when there is none, naming those there are; when its definition is
     *     not usable by this build
     */
    public FeatureSet of(String version) {
        try (Handle handle = reads.open()) {
            RegistrySql sql = handle.attach(RegistrySql.class);
            Optional<StoredVersion> stored = sql.version(version);
            if (stored.isPresent() && stored.get().definition() != null) {
                return compiled(stored.get(), stored.get().definition());
            }
            if (BuiltInRegistries.versions().contains(version)) {
                return sets.computeIfAbsent(
                        new Key(version, 0, ""), key -> FeatureSet.builtIn(key.version()));
            }
            throw missing(version, sql.versions(null, MOST_NAMED));
        }
    }

    private FeatureSet compiled(StoredVersion stored, String definition) {
        Key key = new Key(stored.version(), stored.cadenceMicros(), definition);
        FeatureSet known = sets.get(key);
        if (known != null) {
            return known;
        }
        Definition read = Definition.of(stored);
        FeatureSet set =
                FeatureSet.of(
                        read.document()
                                .orElseThrow(
                                        () ->
                                                new ProblemException(
                                                        ProblemType.INVALID_REGISTRY,
                                                        "feature registry '%s' cannot be used by this build: %s"
                                                                .formatted(
                                                                        stored.version(),
                                                                        read.problems()))));
        sets.put(key, set);
        return set;
    }

    private static ProblemException missing(String version, List<StoredVersion> stored) {
        TreeSet<String> there = new TreeSet<>(BuiltInRegistries.versions());
        stored.stream()
                .filter(one -> one.definition() != null)
                .map(StoredVersion::version)
                .forEach(there::add);
        return new ProblemException(
                ProblemType.VERSION_NOT_FOUND,
                "there is no feature registry '%s'; there are %s".formatted(version, there),
                Map.of("available_versions", new ArrayList<>(there)));
    }
}
