package io.tidemark.server.store;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/**
 * Ends the minutes of the ledger and what was measured of them, as {@link Retention} does rows:
 * those older than {@code keep} before their symbol's newest. Totals stay. Also what is remembered
 * of the job's writers that have been silent for so long: no checkpoint with an entry of theirs is
 * restored any more.
 */
final class LedgerRetention {
    private static final int BATCH = 5_000;

    private final Jdbi owner;
    private final Duration keep;

    LedgerRetention(DataSource owner, Duration keep) {
        this.owner = Jdbi.create(owner).installPlugin(new SqlObjectPlugin());
        this.keep = keep;
    }

    /**
     * Deletes what is too old and says how many cells that were; stops between batches when
     * interrupted.
     */
    long prune() {
        try (var handle = owner.open()) {
            LedgerRetentionSql sql = handle.attach(LedgerRetentionSql.class);
            long deleted = 0;
            for (String symbol : sql.symbols()) {
                Optional<OffsetDateTime> newest = sql.newest(symbol);
                if (newest.isPresent()) {
                    OffsetDateTime cutoff = newest.get().minus(keep);
                    deleted += prune(sql, symbol, cutoff);
                    sql.deleteOlderQuality(symbol, cutoff);
                }
            }
            sql.deleteSilentWriters(keep.toSeconds());
            sql.deleteSilentQualityWriters(keep.toSeconds());
            return deleted;
        }
    }

    private static long prune(LedgerRetentionSql sql, String symbol, OffsetDateTime cutoff) {
        long deleted = 0;
        int batch = BATCH;
        while (batch == BATCH && !Thread.currentThread().isInterrupted()) {
            batch = sql.deleteOlder(symbol, cutoff, BATCH);
            deleted += batch;
        }
        return deleted;
    }
}
