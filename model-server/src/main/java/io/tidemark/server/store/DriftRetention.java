package io.tidemark.server.store;

import java.time.Duration;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * Ends reports of drift older than {@code keep} before the newest window, oldest first. Relative to
 * the newest, so that recorded data stays while it is looked at.
 */
final class DriftRetention {
    private static final int BATCH = 5_000;

    private final Jdbi owner;
    private final Duration keep;

    DriftRetention(DataSource owner, Duration keep) {
        this.owner = Jdbi.create(owner).installPlugin(new SqlObjectPlugin());
        this.keep = keep;
    }

    /** Says how many rows there were; stops between batches when interrupted. */
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

    /** The ends of windows have an index. Schema: db/migration/V007. */
    interface Sql {
        @SqlUpdate(
                """
                DELETE FROM drift_report
                WHERE ctid = ANY (ARRAY(
                    SELECT ctid
                    FROM drift_report
                    WHERE window_end < (SELECT max(window_end) FROM drift_report)
                        - :seconds * interval '1 second'
                    ORDER BY window_end
                    LIMIT :batch
                ))
                """)
        int deleteOlder(@Bind("seconds") long seconds, @Bind("batch") int batch);
    }
}
