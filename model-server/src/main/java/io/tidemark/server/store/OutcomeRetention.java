package io.tidemark.server.store;

import java.time.Duration;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Ends outcomes stored longer ago than {@code keep}. */
final class OutcomeRetention {
    private static final int BATCH = 5_000;

    private final Jdbi owner;
    private final Duration keep;

    OutcomeRetention(DataSource owner, Duration keep) {
        this.owner = Jdbi.create(owner).installPlugin(new SqlObjectPlugin());
        this.keep = keep;
    }

    /** Says how many there were; stops between batches when interrupted. */
    long prune() {
        try (var handle = owner.open()) {
            Sql sql = handle.attach(Sql.class);
            long deleted = 0;
            int batch = BATCH;
            while (batch == BATCH && !Thread.currentThread().isInterrupted()) {
                batch = sql.deleteOlder(keep.toSeconds(), BATCH);
                deleted += batch;
            }
            return deleted;
        }
    }

    /**
     * They are stored in order of time, so a small index of blocks finds the oldest. Schema:
     * db/migration/V008.
     */
    interface Sql {
        @SqlUpdate(
                """
                DELETE FROM outcome
                WHERE ctid = ANY (ARRAY(
                    SELECT ctid FROM outcome
                    WHERE stored_at < now() - :seconds * interval '1 second'
                    LIMIT :batch))
                """)
        int deleteOlder(@Bind("seconds") long seconds, @Bind("batch") int batch);
    }
}
