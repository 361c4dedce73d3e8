package io.tidemark.server.features;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The newest row of a symbol, for those that compute on it. One key lookup each. */
public final class LatestRows {
    private static final int NAMES_TOLD = 50;

    private final Jdbi reads;
    private final Map<String, List<String>> names = new ConcurrentHashMap<>();

    public LatestRows(Jdbi reads) {
        reads.registerRowMapper(new StoredRow.Mapper());
        reads.registerRowMapper(new FeatureRegistryVersionSql.NamesMapper());
        this.reads = reads;
    }

    /**
     * A row.
     *
     * @param gridTime T
     * @param names of the values, in order
     * @param values NaN is undefined
     */
    public record LatestRow(Instant gridTime, List<String> names, double[] values) {}

    /** The newest of that feature registry version; empty when there is none. */
    public Optional<LatestRow> newest(String symbol, String version) {
        try (Handle handle = reads.open()) {
            Optional<StoredRow> row = handle.attach(FeatureRowSql.class).newest(symbol, version);
            if (row.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(
                    new LatestRow(
                            row.get().gridTime(), names(handle, version), row.get().values()));
        }
    }

    /** Some symbols that have rows. */
    public List<String> symbols() {
        try (Handle handle = reads.open()) {
            return handle.attach(FeatureRowSql.class).symbols(NAMES_TOLD);
        }
    }

    /** A version's names never change, so they are asked for once. */
    private List<String> names(Handle handle, String version) {
        List<String> known = names.get(version);
        if (known != null) {
            return known;
        }
        List<String> read =
                handle.attach(FeatureRegistryVersionSql.class)
                        .names(version)
                        .map(FeatureRegistryVersionSql.Names::list)
                        .orElse(List.of());
        if (!read.isEmpty()) {
            names.put(version, read);
        }
        return read;
    }
}
