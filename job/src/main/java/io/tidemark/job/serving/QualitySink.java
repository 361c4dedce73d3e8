package io.tidemark.job.serving;

import io.tidemark.features.quality.MinuteQuality;
import io.tidemark.job.quality.QualityEntry;
import io.tidemark.job.quality.QualityEntrySerializer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.metrics.Counter;

/**
 * Books what was measured between two checkpoints when the second is complete, exactly once, as the
 * {@link LedgerSink} does: the entry is in that checkpoint, and the store remembers which entries
 * it holds. For one task.
 */
public final class QualitySink implements Sink<MinuteQuality>, SupportsCommitter<QualityEntry> {
    private static final long serialVersionUID = 1L;

    private final ServingStoreSettings settings;

    public QualitySink(ServingStoreSettings settings) {
        this.settings = settings;
    }

    @Override
    public CommittingSinkWriter<MinuteQuality, QualityEntry> createWriter(
            WriterInitContext context) {
        return new Writer();
    }

    @Override
    public Committer<QualityEntry> createCommitter(CommitterInitContext context) {
        Counter retries = context.metricGroup().counter("qualityRetries");
        return new BookedOnce(new StoreSession<>(settings, QualityConnection::open, retries::inc));
    }

    @Override
    public SimpleVersionedSerializer<QualityEntry> getCommittableSerializer() {
        return new QualityEntrySerializer();
    }

    /**
     * Flink 1.20 asks through the other method only.
     *
     * @deprecated as in Flink
     */
    @Deprecated
    @Override
    public CommittingSinkWriter<MinuteQuality, QualityEntry> createWriter(InitContext context) {
        throw new UnsupportedOperationException("Flink 1.20 calls createWriter(WriterInitContext)");
    }

    /** One entry a checkpoint; a restored task is another writer, as in the ledger. */
    static final class Writer implements CommittingSinkWriter<MinuteQuality, QualityEntry> {
        private record Key(String symbol, String type, long minuteMicros) {}

        private final String writer = UUID.randomUUID().toString();
        private final Map<Key, MinuteQuality> minutes = new HashMap<>();
        private long entries;

        @Override
        public void write(MinuteQuality minute, Context context) {
            Key key = new Key(minute.symbol(), minute.type().wireName(), minute.minuteMicros());
            minutes.merge(key, minute, MinuteQuality::plus);
        }

        /** Nothing leaves before the checkpoint is complete. */
        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public Collection<QualityEntry> prepareCommit() {
            if (minutes.isEmpty()) {
                return List.of();
            }
            QualityEntry entry =
                    new QualityEntry(writer, ++entries, new ArrayList<>(minutes.values()));
            minutes.clear();
            return List.of(entry);
        }

        @Override
        public void close() {}
    }

    private record BookedOnce(StoreSession<QualityConnection> session)
            implements Committer<QualityEntry> {
        @Override
        public void commit(Collection<CommitRequest<QualityEntry>> requests)
                throws IOException, InterruptedException {
            for (CommitRequest<QualityEntry> request : requests) {
                QualityEntry entry = request.getCommittable();
                session.attempt(
                        "quality entry %d of %s".formatted(entry.number(), entry.writer()),
                        store -> {
                            var unused = store.book(entry);
                        });
            }
        }

        @Override
        public void close() throws SQLException {
            session.close();
        }
    }
}
