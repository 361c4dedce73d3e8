package io.tidemark.server.store;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Every statement that ends rows of the ledger and of data quality. Schema: V002, V006. */
interface LedgerRetentionSql {
    /** The empty one, of rejected messages, included. */
    @SqlQuery(
            """
            WITH RECURSIVE seen AS (
                (SELECT symbol FROM ledger_cell ORDER BY symbol LIMIT 1)
                UNION ALL
                SELECT (SELECT c.symbol FROM ledger_cell c WHERE c.symbol > seen.symbol
                        ORDER BY c.symbol LIMIT 1)
                FROM seen
                WHERE seen.symbol IS NOT NULL
            )
            SELECT symbol FROM seen WHERE symbol IS NOT NULL
            """)
    List<String> symbols();

    /** NULL when there is none. */
    @SqlQuery(
            """
            SELECT max(newest.minute)
            FROM ledger_total t
            CROSS JOIN LATERAL (
                SELECT minute FROM ledger_cell
                WHERE symbol = :symbol AND type = t.type
                ORDER BY minute DESC
                LIMIT 1
            ) newest
            """)
    Optional<OffsetDateTime> newest(@Bind("symbol") String symbol);

    /** At most the batch; cells the job is adding to are left for the next time. */
    @SqlUpdate(
            """
            DELETE FROM ledger_cell
            WHERE (symbol, type, minute) IN (
                SELECT c.symbol, c.type, c.minute
                FROM ledger_cell c
                WHERE c.symbol = :symbol AND c.type IN (SELECT type FROM ledger_total)
                    AND c.minute < :cutoff
                LIMIT :batch
                FOR UPDATE OF c SKIP LOCKED
            )
            """)
    int deleteOlder(
            @Bind("symbol") String symbol,
            @Bind("cutoff") OffsetDateTime cutoff,
            @Bind("batch") int batch);

    @SqlUpdate(
            """
            DELETE FROM ledger_writer
            WHERE committed_at < now() - :seconds * interval '1 second'
            """)
    void deleteSilentWriters(@Bind("seconds") long seconds);

    /** The measurements of the same minutes. */
    @SqlUpdate(
            """
            DELETE FROM minute_quality
            WHERE symbol = :symbol AND type IN (SELECT type FROM ledger_total) AND minute < :cutoff
            """)
    void deleteOlderQuality(@Bind("symbol") String symbol, @Bind("cutoff") OffsetDateTime cutoff);

    @SqlUpdate(
            """
            DELETE FROM quality_writer
            WHERE committed_at < now() - :seconds * interval '1 second'
            """)
    void deleteSilentQualityWriters(@Bind("seconds") long seconds);
}
