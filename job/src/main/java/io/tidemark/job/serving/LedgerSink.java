package io.tidemark.job.serving;

import io.tidemark.job.ledger.LedgerCell;
import io.tidemark.job.ledger.LedgerEntry;
import io.tidemark.job.ledger.LedgerEntrySerializer;
import java.io.IOException;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Books what was counted between two checkpoints when the second is complete, exactly once: the
 * entry is in that checkpoint, and the ledger remembers which entries it holds. For one task: the
 * counts of all tasks become one entry, and one transaction. See docs/adr/0011-ledger.md.
 */
public final class LedgerSink implements Sink<LedgerCell>, SupportsCommitter<LedgerEntry> {
    private static final long serialVersionUID = 1L;

    private final ServingStoreSettings settings;

    public LedgerSink(ServingStoreSettings settings) {
        this.settings = settings;
    }

    @Override
    public CommittingSinkWriter<LedgerCell, LedgerEntry> createWriter(WriterInitContext context) {
        return new LedgerWriter();
    }

    @Override
    public Committer<LedgerEntry> createCommitter(CommitterInitContext context) throws IOException {
        return new LedgerCommitter(settings, context.metricGroup());
    }

    @Override
    public SimpleVersionedSerializer<LedgerEntry> getCommittableSerializer() {
        return new LedgerEntrySerializer();
    }

    /**
     * Flink 1.20 asks through the other method only.
     *
     * @deprecated as in Flink
     */
    @Deprecated
    @Override
    public CommittingSinkWriter<LedgerCell, LedgerEntry> createWriter(InitContext context) {
        throw new UnsupportedOperationException("Flink 1.20 calls createWriter(WriterInitContext)");
    }
}
