package io.tidemark.job.serving;

import io.tidemark.job.ledger.LedgerCell;
import io.tidemark.job.ledger.LedgerEntry;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;

/**
 * Makes one entry a checkpoint of the counts of all tasks. Keeps nothing beyond it, so it has no
 * state; a restored task is another writer, because it may number other counts the same.
 */
final class LedgerWriter implements CommittingSinkWriter<LedgerCell, LedgerEntry> {
    private final String writer = UUID.randomUUID().toString();
    private final Map<LedgerCell.Key, LedgerCell> cells = new HashMap<>();
    private long entries;

    @Override
    public void write(LedgerCell cell, Context context) {
        cells.merge(cell.key(), cell, LedgerCell::plus);
    }

    /** Nothing leaves before the checkpoint is complete. */
    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public Collection<LedgerEntry> prepareCommit() {
        if (cells.isEmpty()) {
            return List.of();
        }
        LedgerEntry entry = new LedgerEntry(writer, ++entries, List.copyOf(cells.values()));
        cells.clear();
        return List.of(entry);
    }

    @Override
    public void close() {}
}
