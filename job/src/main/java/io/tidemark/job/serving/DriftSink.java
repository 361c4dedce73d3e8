package io.tidemark.job.serving;

import io.tidemark.job.drift.DriftReport;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.Counter;

/**
 * Writes reports of drift and their alarms to the serving store. Exactly once in effect: a report
 * is a function of its rows and its key is its own, so one that comes again changes nothing.
 */
public final class DriftSink implements Sink<DriftReport> {
    private static final long serialVersionUID = 1L;

    /** Reports are few; these many come together only when the job catches up. */
    private static final int MOST_TOGETHER = 50;

    private final ServingStoreSettings settings;

    public DriftSink(ServingStoreSettings settings) {
        this.settings = settings;
    }

    @Override
    public SinkWriter<DriftReport> createWriter(WriterInitContext context) {
        Counter retries = context.metricGroup().counter("driftRetries");
        return new Writer(new StoreSession<>(settings, DriftConnection::open, retries::inc));
    }

    /**
     * Flink 1.20 asks through the other method only.
     *
     * @deprecated as in Flink
     */
    @Deprecated
    @Override
    public SinkWriter<DriftReport> createWriter(InitContext context) {
        throw new UnsupportedOperationException("Flink 1.20 calls createWriter(WriterInitContext)");
    }

    /** Written when many wait, and at a checkpoint. */
    private static final class Writer implements SinkWriter<DriftReport> {
        private final StoreSession<DriftConnection> session;
        private final List<DriftReport> pending = new ArrayList<>();

        Writer(StoreSession<DriftConnection> session) {
            this.session = session;
        }

        @Override
        public void write(DriftReport report, Context context)
                throws IOException, InterruptedException {
            pending.add(report);
            if (pending.size() >= MOST_TOGETHER) {
                flush(false);
            }
        }

        @Override
        public void flush(boolean endOfInput) throws IOException, InterruptedException {
            if (!pending.isEmpty()) {
                session.attempt(pending.size() + " drift reports", store -> store.write(pending));
                pending.clear();
            }
        }

        @Override
        public void close() throws SQLException {
            session.close();
        }
    }
}
