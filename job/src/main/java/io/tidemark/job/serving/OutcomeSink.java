package io.tidemark.job.serving;

import io.tidemark.job.outcome.Outcome;
import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.Counter;

/**
 * Upserts outcomes into the serving store, one connection a subtask. Exactly once in effect: an
 * outcome is pure and the key is its own, so what is written twice is written once.
 */
public final class OutcomeSink implements Sink<Outcome> {
    private static final long serialVersionUID = 1L;

    private final ServingStoreSettings settings;

    public OutcomeSink(ServingStoreSettings settings) {
        this.settings = settings;
    }

    @Override
    public SinkWriter<Outcome> createWriter(WriterInitContext context) {
        Counter retries = context.metricGroup().counter("outcomeRetries");
        return new Writer(
                settings, new StoreSession<>(settings, OutcomeConnection::open, retries::inc));
    }

    /**
     * Flink 1.20 asks through the other method only.
     *
     * @deprecated as in Flink
     */
    @Deprecated
    @Override
    public SinkWriter<Outcome> createWriter(InitContext context) {
        throw new UnsupportedOperationException("Flink 1.20 calls createWriter(WriterInitContext)");
    }

    /** Writes a batch when it is full, when a grid time is complete, and at a checkpoint. */
    static final class Writer implements SinkWriter<Outcome> {
        private record Key(String symbol, long gridTimeMicros, String label) {}

        private final ServingStoreSettings settings;
        private final StoreSession<OutcomeConnection> session;

        /** By key, so that one that comes twice is in a statement once: PostgreSQL refuses two. */
        private final Map<Key, Outcome> pending = new LinkedHashMap<>();

        Writer(ServingStoreSettings settings, StoreSession<OutcomeConnection> session) {
            this.settings = settings;
            this.session = session;
        }

        @Override
        public void write(Outcome outcome, Context context)
                throws IOException, InterruptedException {
            pending.put(
                    new Key(outcome.symbol(), outcome.gridTimeMicros(), outcome.label()), outcome);
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

        @Override
        public void close() throws SQLException {
            session.close();
        }

        private void writePending() throws IOException, InterruptedException {
            if (pending.isEmpty()) {
                return;
            }
            session.attempt(pending.size() + " outcomes", store -> store.upsert(pending.values()));
            pending.clear();
        }
    }
}
