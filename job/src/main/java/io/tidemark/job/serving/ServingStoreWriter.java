package io.tidemark.job.serving;

import io.tidemark.features.engine.FeatureRow;
import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.sink2.SinkWriter;

/**
 * Collects the rows of a grid time and upserts them together. A batch is written when it is full,
 * when a watermark comes (all rows of a grid time precede its watermark, so this is when the grid
 * time is complete) and at a checkpoint.
 *
 * <p>The batch is kept until the database has committed it. When the connection breaks, the same
 * batch is sent again over a new one: an upsert that had in fact been committed changes nothing.
 * When the attempts are used up the task fails and Flink restarts it from its checkpoint.
 */
final class ServingStoreWriter implements SinkWriter<FeatureRow> {
    private final ServingStoreSettings settings;
    private final ServingStoreMetrics metrics;
    private final StoreSession<ServingStoreConnection> session;

    /** By key, so that a row that comes twice is in a statement once: PostgreSQL refuses two. */
    private final Map<RowKey, FeatureRow> pending = new LinkedHashMap<>();

    ServingStoreWriter(
            ServingStoreSettings settings,
            RegistryVersion version,
            String applicationName,
            ServingStoreMetrics metrics)
            throws IOException, InterruptedException {
        this.settings = settings;
        this.metrics = metrics;
        this.session =
                new StoreSession<>(
                        settings,
                        store -> ServingStoreConnection.open(store, applicationName, version),
                        metrics::retried);
        session.attempt("the registry version", store -> {});
    }

    @Override
    public void write(FeatureRow row, Context context) throws IOException, InterruptedException {
        pending.put(new RowKey(row.symbol(), row.registryVersion(), row.gridTimeMicros()), row);
        if (pending.size() >= settings.batchRows()) {
            writePending();
        }
    }

    @Override
    public void writeWatermark(Watermark watermark) throws IOException, InterruptedException {
        writePending();
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        writePending();
    }

    /** Rows not yet written are dropped: this is a failure or a cancel, and they come again. */
    @Override
    public void close() throws SQLException {
        session.close();
    }

    private void writePending() throws IOException, InterruptedException {
        if (pending.isEmpty()) {
            return;
        }
        long start = System.nanoTime();
        session.attempt(pending.size() + " rows", store -> store.upsert(pending.values()));
        metrics.committed(pending.values(), System.nanoTime() - start);
        pending.clear();
    }

    private record RowKey(String symbol, String registryVersion, long gridTimeMicros) {}
}
