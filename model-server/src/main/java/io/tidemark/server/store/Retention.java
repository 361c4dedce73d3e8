package io.tidemark.server.store;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/**
 * Keeps the recent history recent: rows older than {@code keep} before their symbol's newest row
 * go. Relative to the newest row, not to the wall clock, so that recorded data stays while it is
 * looked at. Small transactions, so neither readers nor the job wait for it.
 */
final class Retention {
    private static final int BATCH = 5_000;

    private final Jdbi owner;
    private final Duration keep;

    Retention(DataSource owner, Duration keep) {
        this.owner = Jdbi.create(owner).installPlugin(new SqlObjectPlugin());
        this.keep = keep;
    }

    /**
     * Deletes what is too old and says how many rows that were; stops between batches when
     * interrupted.
     */
    long prune() {
        try (var handle = owner.open()) {
            RetentionSql sql = handle.attach(RetentionSql.class);
            long deleted = 0;
            for (String symbol : sql.symbols()) {
                Optional<OffsetDateTime> newest = sql.newest(symbol);
                if (newest.isEmpty()) {
                    continue;
                }
                for (String version : sql.versions()) {
                    deleted += prune(sql, symbol, version, newest.get().minus(keep));
                }
            }
            return deleted;
        }
    }

    private static long prune(
            RetentionSql sql, String symbol, String version, OffsetDateTime cutoff) {
        long deleted = 0;
        int batch = BATCH;
        while (batch == BATCH && !Thread.currentThread().isInterrupted()) {
            batch = sql.deleteOlder(symbol, version, cutoff, BATCH);
            deleted += batch;
        }
        return deleted;
    }
}
