package io.tidemark.server.ledger;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/**
 * Every read of the ledger. A symbol or type that is null stands for all. Schema:
 * db/migration/V002.
 */
interface LedgerSql {
    /** In the order of minute, symbol, type, after that place in it. */
    @SqlQuery(
            """
            SELECT symbol, type, minute, accepted, duplicate, late, rejected, lowest_sequence,
                   highest_sequence, first_event_time, last_event_time
            FROM ledger_cell
            WHERE (CAST(:symbol AS text) IS NULL OR symbol = :symbol)
                AND (CAST(:type AS text) IS NULL OR type = :type)
                AND minute >= :from AND minute < :to
                AND (minute, symbol, type) > (:afterMinute, :afterSymbol, :afterType)
            ORDER BY minute, symbol, type
            LIMIT :limit
            """)
    @RegisterConstructorMapper(StoredCell.class)
    List<StoredCell> cells(
            @Bind("symbol") @Nullable String symbol,
            @Bind("type") @Nullable String type,
            @Bind("from") OffsetDateTime from,
            @Bind("to") OffsetDateTime to,
            @Bind("afterMinute") OffsetDateTime afterMinute,
            @Bind("afterSymbol") String afterSymbol,
            @Bind("afterType") String afterType,
            @Bind("limit") long limit);

    /** Sums of the whole span. */
    @SqlQuery(
            """
            SELECT type, sum(accepted)::bigint AS accepted, sum(duplicate)::bigint AS duplicate,
                   sum(late)::bigint AS late, sum(rejected)::bigint AS rejected
            FROM ledger_cell
            WHERE (CAST(:symbol AS text) IS NULL OR symbol = :symbol)
                AND (CAST(:type AS text) IS NULL OR type = :type)
                AND minute >= :from AND minute < :to
            GROUP BY type
            ORDER BY type
            """)
    @RegisterConstructorMapper(TypeCounts.class)
    List<TypeCounts> counts(
            @Bind("symbol") @Nullable String symbol,
            @Bind("type") @Nullable String type,
            @Bind("from") OffsetDateTime from,
            @Bind("to") OffsetDateTime to);

    /** Since the first message, also of minutes that are pruned. */
    @SqlQuery(
            """
            SELECT type, accepted, duplicate, late, rejected
            FROM ledger_total
            ORDER BY type
            """)
    @RegisterConstructorMapper(TypeCounts.class)
    List<TypeCounts> totals();

    /** The newest minute of the symbol; one key lookup per type. */
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

    /** The newest minute of all. */
    @SqlQuery("SELECT max(minute) FROM ledger_cell")
    Optional<OffsetDateTime> newest();

    @SqlQuery(
            """
            WITH RECURSIVE seen AS (
                (SELECT symbol FROM ledger_cell WHERE symbol > '' ORDER BY symbol LIMIT 1)
                UNION ALL
                SELECT (SELECT c.symbol FROM ledger_cell c WHERE c.symbol > seen.symbol
                        ORDER BY c.symbol LIMIT 1)
                FROM seen
                WHERE seen.symbol IS NOT NULL
            )
            SELECT symbol FROM seen WHERE symbol IS NOT NULL LIMIT :limit
            """)
    List<String> symbols(@Bind("limit") int limit);
}
