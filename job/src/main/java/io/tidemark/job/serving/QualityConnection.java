package io.tidemark.job.serving;

import io.tidemark.features.quality.MinuteQuality;
import io.tidemark.job.quality.QualityEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;

/**
 * One connection to the serving store and every statement the job sends to the data quality over
 * it. Schema: {@code db/migration/V006}. For one thread; after an {@link SQLException} only {@link
 * #close} is useful.
 */
final class QualityConnection implements StoreSession.Statements {
    /** Changes one row when the entry is new, none when it is in the table already. */
    private static final String REMEMBER =
            """
            INSERT INTO quality_writer (writer, entries)
            VALUES (?::uuid, int8multirange(int8range(?, ?, '[]')))
            ON CONFLICT (writer) DO UPDATE
            SET entries = quality_writer.entries + EXCLUDED.entries,
                committed_at = EXCLUDED.committed_at
            WHERE NOT quality_writer.entries @> EXCLUDED.entries
            """;

    private static final String ADD =
            """
            INSERT INTO minute_quality AS q (symbol, type, minute, messages, gaps, missing, silences,
                                             silent_micros, repeats, spikes, worst_spike, crossed,
                                             overtaken, clocked, behind, least_micros, most_micros,
                                             total_micros, delays)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (symbol, type, minute) DO UPDATE
            SET messages = q.messages + EXCLUDED.messages,
                gaps = q.gaps + EXCLUDED.gaps,
                missing = q.missing + EXCLUDED.missing,
                silences = q.silences + EXCLUDED.silences,
                silent_micros = q.silent_micros + EXCLUDED.silent_micros,
                repeats = q.repeats + EXCLUDED.repeats,
                spikes = q.spikes + EXCLUDED.spikes,
                worst_spike = GREATEST(q.worst_spike, EXCLUDED.worst_spike),
                crossed = q.crossed + EXCLUDED.crossed,
                overtaken = q.overtaken + EXCLUDED.overtaken,
                clocked = q.clocked + EXCLUDED.clocked,
                behind = q.behind + EXCLUDED.behind,
                least_micros = LEAST(q.least_micros, EXCLUDED.least_micros),
                most_micros = GREATEST(q.most_micros, EXCLUDED.most_micros),
                total_micros = q.total_micros + EXCLUDED.total_micros,
                delays = ARRAY(SELECT one + other
                               FROM unnest(q.delays, EXCLUDED.delays) WITH ORDINALITY
                                   AS both_of(one, other, bin)
                               ORDER BY bin)
            """;

    private final Connection connection;
    private final PreparedStatement remember;
    private final PreparedStatement add;

    private QualityConnection(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        remember = connection.prepareStatement(REMEMBER);
        add = connection.prepareStatement(ADD);
    }

    /** Connects; leaves no connection behind when that fails. */
    static QualityConnection open(ServingStoreSettings settings) throws SQLException {
        Connection connection = StoreSession.connect(settings, "tidemark-quality");
        try {
            return new QualityConnection(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Adds the entry unless it is there, all of it or nothing; committed on return.
     *
     * @return whether it was new
     */
    boolean book(QualityEntry entry) throws SQLException {
        remember.setString(1, entry.writer());
        remember.setLong(2, entry.number());
        remember.setLong(3, entry.number());
        boolean isNew = remember.executeUpdate() == 1;
        if (isNew) {
            for (MinuteQuality minute : entry.minutes()) {
                add(minute);
            }
            add.executeBatch();
        }
        connection.commit();
        return isNew;
    }

    private void add(MinuteQuality one) throws SQLException {
        add.setString(1, one.symbol());
        add.setString(2, one.type().wireName());
        add.setObject(3, StoreTime.of(one.minuteMicros()));
        add.setLong(4, one.messages());
        add.setLong(5, one.gaps());
        add.setLong(6, one.missing());
        add.setLong(7, one.silences());
        add.setLong(8, one.silentMicros());
        add.setLong(9, one.repeats());
        add.setLong(10, one.spikes());
        add.setDouble(11, one.worstSpike());
        add.setLong(12, one.crossed());
        add.setLong(13, one.overtaken());
        add.setLong(14, one.clocked());
        add.setLong(15, one.behind());
        if (one.clocked() == 0) {
            add.setNull(16, Types.BIGINT);
            add.setNull(17, Types.BIGINT);
        } else {
            add.setLong(16, one.least());
            add.setLong(17, one.most());
        }
        add.setLong(18, one.total());
        Object[] delays = Arrays.stream(one.delays()).boxed().toArray();
        add.setArray(19, connection.createArrayOf("bigint", delays));
        add.addBatch();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
