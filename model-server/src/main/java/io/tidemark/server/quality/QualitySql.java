package io.tidemark.server.quality;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Every read of the data quality. Schema: db/migration/V006, of the ledger V002. */
interface QualitySql {
    @SqlQuery(
            """
            SELECT symbol, type, minute, messages, gaps, missing, silences, silent_micros, repeats,
                   spikes, worst_spike, crossed, overtaken, clocked, behind, least_micros,
                   most_micros, total_micros, delays
            FROM minute_quality
            WHERE symbol = :symbol AND type IN ('trade', 'orderbook', 'kline', 'ticker', 'funding')
                AND minute >= :from AND minute < :to
            """)
    @RegisterConstructorMapper(StoredMinute.class)
    List<StoredMinute> minutes(
            @Bind("symbol") String symbol,
            @Bind("from") OffsetDateTime from,
            @Bind("to") OffsetDateTime to);

    /** Rejected messages have no symbol: those of the span count for every symbol. */
    @SqlQuery(
            """
            SELECT type, minute, sum(duplicate)::bigint AS duplicate, sum(late)::bigint AS late,
                   sum(rejected)::bigint AS rejected
            FROM ledger_cell
            WHERE symbol IN (:symbol, '') AND type IN ('trade', 'orderbook', 'kline', 'ticker', 'funding')
                AND minute >= :from AND minute < :to
            GROUP BY type, minute
            HAVING sum(duplicate) + sum(late) + sum(rejected) > 0
            """)
    @RegisterConstructorMapper(StoredFates.class)
    List<StoredFates> fates(
            @Bind("symbol") String symbol,
            @Bind("from") OffsetDateTime from,
            @Bind("to") OffsetDateTime to);

    /** The newest minute of the symbol; one key lookup per type. */
    @SqlQuery(
            """
            SELECT max(newest.minute)
            FROM (VALUES ('trade'), ('orderbook'), ('kline'), ('ticker'), ('funding')) AS t(type)
            CROSS JOIN LATERAL (
                SELECT minute FROM minute_quality
                WHERE symbol = :symbol AND type = t.type
                ORDER BY minute DESC
                LIMIT 1
            ) newest
            """)
    Optional<OffsetDateTime> newest(@Bind("symbol") String symbol);

    @SqlQuery(
            """
            WITH RECURSIVE seen AS (
                (SELECT symbol FROM minute_quality ORDER BY symbol LIMIT 1)
                UNION ALL
                SELECT (SELECT q.symbol FROM minute_quality q WHERE q.symbol > seen.symbol
                        ORDER BY q.symbol LIMIT 1)
                FROM seen
                WHERE seen.symbol IS NOT NULL
            )
            SELECT symbol FROM seen WHERE symbol IS NOT NULL LIMIT :limit
            """)
    List<String> symbols(@Bind("limit") int limit);
}
