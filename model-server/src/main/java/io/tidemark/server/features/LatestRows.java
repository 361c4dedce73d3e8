package io.tidemark.server.features;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The newest row of a symbol, for those that compute on it: from memory while {@link LiveRows} has
 * it, else by one key lookup in the store, which is the truth.
 */
public final class LatestRows {
    private static final int NAMES_TOLD = 50;

    private final Jdbi reads;
    private final LiveRows live;
    private final Counter fromMemory;
    private final Counter fromStore;
    private final Map<String, List<String>> names = new ConcurrentHashMap<>();

    public LatestRows(Jdbi reads, LiveRows live, MeterRegistry metrics) {
        reads.registerRowMapper(new StoredRow.Mapper());
        reads.registerRowMapper(new FeatureRegistryVersionSql.NamesMapper());
        this.reads = reads;
        this.live = live;
        this.fromMemory = counter(metrics, "memory");
        this.fromStore = counter(metrics, "store");
    }

    private static Counter counter(MeterRegistry metrics, String source) {
        return Counter.builder("tidemark.newest.rows")
                .description("newest rows looked up for predictions, by where they were found")
                .tag("source", source)
                .register(metrics);
    }

    /**
     * A row.
     *
     * @param gridTime T
     * @param features by name; an undefined one is absent
     */
    public record LatestRow(Instant gridTime, Map<String, Double> features) {}

    /** The newest of that feature registry version; empty when there is none. */
    public Optional<LatestRow> newest(String symbol, String version) {
        Optional<LatestRow> told = live.newest(symbol, version);
        if (told.isPresent()) {
            fromMemory.increment();
            return told;
        }
        fromStore.increment();
        try (Handle handle = reads.open()) {
            Optional<StoredRow> row = handle.attach(FeatureRowSql.class).newest(symbol, version);
            if (row.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(
                    new LatestRow(
                            row.get().gridTime(),
                            RowBody.features(names(handle, version), row.get().values())));
        }
    }

    /** Share of the look-ups since the start that memory answered; null when there was none. */
    public @Nullable Double memoryShare() {
        double all = fromMemory.count() + fromStore.count();
        return all == 0 ? null : fromMemory.count() / all;
    }

    static Instant time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
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
