package io.tidemark.bench.latency;

import io.tidemark.bench.load.MarketMix;
import io.tidemark.bench.load.WallClock;
import io.tidemark.bench.platform.RunDatabase;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Sees rows as a client of the serving store does: asks on a connection of its own, every few
 * milliseconds while a row is due, for rows newer than the last of each symbol. A row is seen when
 * the answer that holds it has arrived, so the figures include one key lookup and up to one pause.
 * The row's own {@code stored_at}, set before the commit, is kept beside as the lower bound.
 */
final class StoreReader implements Callable<Histogram> {
    private static final String NEWER_ROWS =
            """
            SELECT s.symbol_index, r.grid_time, r.stored_at
            FROM unnest(?::text[], ?::bigint[]) WITH ORDINALITY AS s(symbol, since, symbol_index)
            JOIN feature_row r
              ON r.symbol = s.symbol AND r.registry_version = ?
             AND r.grid_time > timestamptz 'epoch' + s.since * interval '1 microsecond'
            """;

    private final RunDatabase database;
    private final String registryVersion;
    private final RowGrid grid;
    private final Sightings visible;
    private final Sightings stored;
    private final WallClock clock;
    private final long pauseNanos;
    private final String[] names;
    private final Long[] since;
    private final Histogram gaps = new Histogram(TimeUnit.MINUTES.toMicros(20), 3);
    private volatile boolean stopped;

    StoreReader(
            RunDatabase database,
            String registryVersion,
            Sightings visible,
            Sightings stored,
            WallClock clock,
            long pauseMicros) {
        this.database = database;
        this.registryVersion = registryVersion;
        this.grid = visible.grid();
        this.visible = visible;
        this.stored = stored;
        this.clock = clock;
        this.pauseNanos = TimeUnit.MICROSECONDS.toNanos(pauseMicros);
        this.names = new String[grid.symbols()];
        Arrays.setAll(names, MarketMix::name);
        this.since = new Long[grid.symbols()];
        Arrays.fill(since, grid.firstMicros() - 1);
    }

    void stop() {
        stopped = true;
    }

    /** Reads until stopped. Answers the time from one answer to the next while rows were due. */
    @Override
    public Histogram call() throws SQLException {
        try (Connection connection = database.connect()) {
            try (Statement plan = connection.createStatement()) {
                // The table is empty when the statement is planned; only the key's index will do.
                plan.execute("SET enable_seqscan = off");
                plan.execute("SET enable_hashjoin = off");
                plan.execute("SET enable_mergejoin = off");
            }
            try (PreparedStatement newer = connection.prepareStatement(NEWER_ROWS)) {
                long lastAnswer = 0;
                while (!stopped) {
                    long due = oldestSince() + grid.cadenceMicros();
                    long now = clock.micros();
                    if (now < due) {
                        LockSupport.parkNanos((due - now) * 1_000);
                        lastAnswer = 0;
                        continue;
                    }
                    long answer = read(connection, newer);
                    if (lastAnswer != 0) {
                        gaps.recordValue(answer - lastAnswer);
                    }
                    lastAnswer = answer;
                    LockSupport.parkNanos(pauseNanos);
                }
            }
        }
        return gaps;
    }

    private long oldestSince() {
        long oldest = Long.MAX_VALUE;
        for (Long one : since) {
            oldest = Math.min(oldest, one);
        }
        return Math.floorDiv(oldest, grid.cadenceMicros()) * grid.cadenceMicros();
    }

    private long read(Connection connection, PreparedStatement newer) throws SQLException {
        Array symbols = connection.createArrayOf("text", names);
        Array sinceArray = connection.createArrayOf("int8", since);
        newer.setArray(1, symbols);
        newer.setArray(2, sinceArray);
        newer.setString(3, registryVersion);
        try (ResultSet rows = newer.executeQuery()) {
            long answer = clock.micros();
            while (rows.next()) {
                int symbol = rows.getInt(1) - 1;
                long gridMicros = micros(rows, 2);
                visible.see(symbol, gridMicros, answer);
                stored.see(symbol, gridMicros, micros(rows, 3));
                since[symbol] = Math.max(since[symbol], gridMicros);
            }
            return answer;
        } finally {
            symbols.free();
            sinceArray.free();
        }
    }

    private static long micros(ResultSet rows, int column) throws SQLException {
        return WallClock.micros(rows.getObject(column, OffsetDateTime.class).toInstant());
    }
}
