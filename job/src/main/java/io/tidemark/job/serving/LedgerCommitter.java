package io.tidemark.job.serving;

import io.tidemark.job.ledger.LedgerCell;
import io.tidemark.job.ledger.LedgerEntry;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Collection;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Books the entries of completed checkpoints. An entry that comes again, after a failure between
 * its booking and Flink's note of it, changes nothing. When the attempts are used up the task
 * fails, and the entry comes again from the checkpoint.
 *
 * <p>Tells {@code ledgerEntries} (booked), {@code ledgerMessages} (counted in them) and {@code
 * ledgerRetries}.
 */
final class LedgerCommitter implements Committer<LedgerEntry> {
    private final StoreSession<LedgerConnection> session;
    private final Counter booked;
    private final Counter messages;

    LedgerCommitter(ServingStoreSettings settings, MetricGroup metrics) {
        booked = metrics.counter("ledgerEntries");
        messages = metrics.counter("ledgerMessages");
        Counter retries = metrics.counter("ledgerRetries");
        session = new StoreSession<>(settings, LedgerConnection::open, retries::inc);
    }

    @Override
    public void commit(Collection<CommitRequest<LedgerEntry>> requests)
            throws IOException, InterruptedException {
        for (CommitRequest<LedgerEntry> request : requests) {
            book(request.getCommittable());
        }
    }

    private void book(LedgerEntry entry) throws IOException, InterruptedException {
        session.attempt(
                "ledger entry %d of %s".formatted(entry.number(), entry.writer()),
                store -> {
                    if (store.book(entry)) {
                        booked.inc();
                        messages.inc(entry.cells().stream().mapToLong(LedgerCell::messages).sum());
                    }
                });
    }

    @Override
    public void close() throws SQLException {
        session.close();
    }
}
