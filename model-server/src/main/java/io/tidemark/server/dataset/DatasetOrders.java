package io.tidemark.server.dataset;

import io.tidemark.schemas.registry.BuiltInRegistries;
import io.tidemark.schemas.registry.RegistryDocument;
import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The datasets that were asked for, as the one who asks sees them. A worker builds them. */
public final class DatasetOrders {
    private final Jdbi reads;
    private final Jdbi changes;

    /**
     * @param changes of a role that may write
     */
    public DatasetOrders(Jdbi reads, Jdbi changes) {
        this.reads = reads;
        this.changes = changes;
    }

    /**
     * Puts an order at the end of the queue.
     *
     * @param traceId told with the end of the build
     * @throws ProblemException when there is a dataset of that id, or no such feature registry
     */
    public StoredDataset add(DatasetOrder order, String traceId) {
        try (Handle handle = changes.open()) {
            DatasetSql sql = handle.attach(DatasetSql.class);
            String yaml = registry(sql, order.registryVersion().orElse(null));
            return added(
                    sql,
                    order.id(),
                    order.symbol(),
                    DatasetOrder.json(order.settings()),
                    yaml,
                    RegistryDocument.parse(yaml).cadenceMicros(),
                    traceId);
        }
    }

    static StoredDataset added(
            DatasetSql sql,
            String id,
            String symbol,
            String request,
            String yaml,
            long cadenceMicros,
            String traceId) {
        if (sql.add(id, symbol, request, yaml, cadenceMicros, traceId) == 0) {
            throw new ProblemException(
                    ProblemType.DATASET_EXISTS, "there is a dataset %s already".formatted(id));
        }
        return sql.dataset(id).orElseThrow(() -> DatasetResource.unknown(id));
    }

    /** How far it is; empty when it was deleted. */
    public Optional<StoredDataset> find(String id) {
        try (Handle handle = reads.open()) {
            return handle.attach(DatasetSql.class).dataset(id);
        }
    }

    /** Asks for its end; nothing happens to one that ended. */
    public void cancel(String id) {
        try (Handle handle = changes.open()) {
            handle.attach(DatasetSql.class).cancel(id);
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
}
