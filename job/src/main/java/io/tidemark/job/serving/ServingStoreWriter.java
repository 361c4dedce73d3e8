package io.tidemark.job.serving;

import io.tidemark.features.engine.FeatureRow;
import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.jspecify.annotations.Nullable;

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
    /** Classes of SQL state another attempt can cure: connection, rollback, resources, shutdown. */
    private static final Set<String> CURABLE = Set.of("08", "40", "53", "55", "57");

    private final ServingStoreSettings settings;
    private final RegistryVersion version;
    private final String applicationName;
    private final ServingStoreMetrics metrics;

    /** By key, so that a row that comes twice is in a statement once: PostgreSQL refuses two. */
    private final Map<RowKey, FeatureRow> pending = new LinkedHashMap<>();

    private @Nullable ServingStoreConnection connection;

    ServingStoreWriter(
            ServingStoreSettings settings,
            RegistryVersion version,
            String applicationName,
            ServingStoreMetrics metrics)
            throws IOException, InterruptedException {
        this.settings = settings;
        this.version = version;
        this.applicationName = applicationName;
        this.metrics = metrics;
        attempt(store -> {});
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
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    private void writePending() throws IOException, InterruptedException {
        if (pending.isEmpty()) {
            return;
        }
        long start = System.nanoTime();
        attempt(store -> store.upsert(pending.values()));
        metrics.committed(pending.values(), System.nanoTime() - start);
        pending.clear();
    }

    private void attempt(StoreCall call) throws IOException, InterruptedException {
        long pauseMillis = settings.firstBackoff().toMillis();
        for (int attempt = 1; ; attempt++) {
            try {
                call.on(connected());
                return;
            } catch (SQLException e) {
                disconnect(e);
                if (attempt >= settings.attempts() || !isCurable(e)) {
                    throw new IOException(
                            "the serving store must take %d rows, refused %d times: %s"
                                    .formatted(pending.size(), attempt, settings),
                            e);
                }
            }
            metrics.retried();
            // The task has nothing else to do: its rows are in this batch. A cancel interrupts.
            Thread.sleep(pauseMillis);
            pauseMillis *= 2;
        }
    }

    private ServingStoreConnection connected() throws SQLException {
        if (connection == null) {
            connection = ServingStoreConnection.open(settings, applicationName, version);
        }
        return connection;
    }

    private void disconnect(SQLException cause) {
        try {
            close();
        } catch (SQLException e) {
            cause.addSuppressed(e);
            connection = null;
        }
    }

    /** Of the whole chain: a batch reports its own state and keeps the server's as the next. */
    private static boolean isCurable(SQLException failure) {
        for (SQLException e = failure; e != null; e = e.getNextException()) {
            String state = e.getSQLState();
            if (state != null && state.length() == 5 && CURABLE.contains(state.substring(0, 2))) {
                return true;
            }
        }
        return false;
    }

    private record RowKey(String symbol, String registryVersion, long gridTimeMicros) {}

    @FunctionalInterface
    private interface StoreCall {
        void on(ServingStoreConnection store) throws SQLException;
    }
}
