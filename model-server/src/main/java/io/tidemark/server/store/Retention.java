package io.tidemark.server.store;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.IntSupplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/**
 * Keeps the recent history recent. In small transactions, so neither readers nor the job wait for
 * it; stops between them when interrupted. What is of the market goes by its age before the newest
 * of its kind, not by the wall clock, so that recorded data stays while it is looked at.
 *
 * <p>Every method says how many rows it deleted.
 */
final class Retention {
    private static final int BATCH = 5_000;

    private final Jdbi owner;

    Retention(DataSource owner) {
        this.owner = Jdbi.create(owner).installPlugin(new SqlObjectPlugin());
    }

    /** Feature rows older than that before their symbol's newest row. */
    long featureRows(Duration keep) {
        try (var handle = owner.open()) {
            RetentionSql sql = handle.attach(RetentionSql.class);
            long deleted = 0;
            for (String symbol : sql.symbols()) {
                Optional<OffsetDateTime> newest = sql.newest(symbol);
                if (newest.isEmpty()) {
                    continue;
                }
                OffsetDateTime cutoff = newest.get().minus(keep);
                for (String version : sql.versions()) {
                    deleted += inBatches(() -> sql.deleteRows(symbol, version, cutoff, BATCH));
                }
            }
            return deleted;
        }
    }

    /**
     * Minutes of the ledger, and what was measured of them, older than that before their symbol's
     * newest. Totals stay. Also what is remembered of the job's writers that have been silent for
     * so long: no checkpoint with an entry of theirs is restored any more.
     */
    long ledger(Duration keep) {
        try (var handle = owner.open()) {
            LedgerRetentionSql sql = handle.attach(LedgerRetentionSql.class);
            long deleted = 0;
            for (String symbol : sql.symbols()) {
                Optional<OffsetDateTime> newest = sql.newest(symbol);
                if (newest.isPresent()) {
                    OffsetDateTime cutoff = newest.get().minus(keep);
                    deleted += inBatches(() -> sql.deleteOlder(symbol, cutoff, BATCH));
                    sql.deleteOlderQuality(symbol, cutoff);
                }
            }
            sql.deleteSilentWriters(keep.toSeconds());
            sql.deleteSilentQualityWriters(keep.toSeconds());
            return deleted;
        }
    }

    /** Predictions recorded longer ago than that. */
    long predictions(Duration keep) {
        return older(keep, RetentionSql::deletePredictions);
    }

    /** Readings of drift older than that before the newest window. */
    long drift(Duration keep) {
        return older(keep, RetentionSql::deleteDrift);
    }

    /** Outcomes stored longer ago than that. */
    long outcomes(Duration keep) {
        return older(keep, RetentionSql::deleteOutcomes);
    }

    private interface Statement {
        int delete(RetentionSql sql, long seconds, int batch);
    }

    private long older(Duration keep, Statement statement) {
        try (var handle = owner.open()) {
            RetentionSql sql = handle.attach(RetentionSql.class);
            return inBatches(() -> statement.delete(sql, keep.toSeconds(), BATCH));
        }
    }

    private static long inBatches(IntSupplier delete) {
        long deleted = 0;
        int batch = BATCH;
        while (batch == BATCH && !Thread.currentThread().isInterrupted()) {
            batch = delete.getAsInt();
            deleted += batch;
        }
        return deleted;
    }
}
