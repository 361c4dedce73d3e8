package io.tidemark.server.store;

import java.time.Duration;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Ends recorded predictions older than {@code keep}, oldest first. */
final class PredictionRetention {
    private static final int BATCH = 5_000;

    private final Jdbi owner;
    private final Duration keep;

    PredictionRetention(DataSource owner, Duration keep) {
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

    /** Numbers rise with time, so the oldest are found by key. Schema: db/migration/V004. */
    interface Sql {
        @SqlUpdate(
                """
                DELETE FROM prediction
                WHERE number IN (SELECT number FROM prediction ORDER BY number LIMIT :batch)
                    AND made_at < now() - :seconds * interval '1 second'
                """)
        int deleteOlder(@Bind("seconds") long seconds, @Bind("batch") int batch);
    }
}
