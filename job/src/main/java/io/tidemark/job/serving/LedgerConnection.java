package io.tidemark.job.serving;

import io.tidemark.job.ledger.LedgerCell;
import io.tidemark.job.ledger.LedgerEntry;
import io.tidemark.schemas.event.EventType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.EnumMap;
import java.util.Map;

/**
 * One connection to the serving store and every statement the job sends to the ledger over it.
 * Schema: {@code db/migration/V002}. For one thread; after an {@link SQLException} only {@link
 * #close} is useful.
 */
final class LedgerConnection implements StoreSession.Statements {
    /** Changes one row when the entry is new, none when it is in the tables already. */
    private static final String REMEMBER =
            """
            INSERT INTO ledger_writer (writer, entries)
            VALUES (?::uuid, int8multirange(int8range(?, ?, '[]')))
            ON CONFLICT (writer) DO UPDATE
            SET entries = ledger_writer.entries + EXCLUDED.entries,
                committed_at = EXCLUDED.committed_at
            WHERE NOT ledger_writer.entries @> EXCLUDED.entries
            """;

    private static final String ADD_TO_CELL =
            """
            INSERT INTO ledger_cell (symbol, type, minute, accepted, duplicate, late, rejected,
                                     lowest_sequence, highest_sequence, first_event_time,
                                     last_event_time)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (symbol, type, minute) DO UPDATE
            SET accepted = ledger_cell.accepted + EXCLUDED.accepted,
                duplicate = ledger_cell.duplicate + EXCLUDED.duplicate,
                late = ledger_cell.late + EXCLUDED.late,
                rejected = ledger_cell.rejected + EXCLUDED.rejected,
                lowest_sequence = LEAST(ledger_cell.lowest_sequence, EXCLUDED.lowest_sequence),
                highest_sequence = GREATEST(ledger_cell.highest_sequence, EXCLUDED.highest_sequence),
                first_event_time = LEAST(ledger_cell.first_event_time, EXCLUDED.first_event_time),
                last_event_time = GREATEST(ledger_cell.last_event_time, EXCLUDED.last_event_time)
            """;

    private static final String ADD_TO_TOTAL =
            """
            INSERT INTO ledger_total (type, accepted, duplicate, late, rejected)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (type) DO UPDATE
            SET accepted = ledger_total.accepted + EXCLUDED.accepted,
                duplicate = ledger_total.duplicate + EXCLUDED.duplicate,
                late = ledger_total.late + EXCLUDED.late,
                rejected = ledger_total.rejected + EXCLUDED.rejected
            """;

    private final Connection connection;
    private final PreparedStatement remember;
    private final PreparedStatement addToCell;
    private final PreparedStatement addToTotal;

    private LedgerConnection(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        remember = connection.prepareStatement(REMEMBER);
        addToCell = connection.prepareStatement(ADD_TO_CELL);
        addToTotal = connection.prepareStatement(ADD_TO_TOTAL);
    }

    /** Connects; leaves no connection behind when that fails. */
    static LedgerConnection open(ServingStoreSettings settings) throws SQLException {
        Connection connection = StoreSession.connect(settings, "tidemark-ledger");
        try {
            return new LedgerConnection(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Adds the entry to the ledger unless it is in it, all of it or nothing; committed on return.
     * Writers that come with the same entry at once wait for each other.
     *
     * @return whether it was new
     */
    boolean book(LedgerEntry entry) throws SQLException {
        remember.setString(1, entry.writer());
        remember.setLong(2, entry.number());
        remember.setLong(3, entry.number());
        boolean isNew = remember.executeUpdate() == 1;
        if (isNew) {
            addCells(entry);
            addTotals(entry);
        }
        connection.commit();
        return isNew;
    }

    private void addCells(LedgerEntry entry) throws SQLException {
        for (LedgerCell cell : entry.cells()) {
            addToCell.setString(1, cell.symbol());
            addToCell.setString(2, cell.type().wireName());
            addToCell.setObject(3, StoreTime.of(cell.minuteMicros()));
            addToCell.setLong(4, cell.accepted());
            addToCell.setLong(5, cell.duplicate());
            addToCell.setLong(6, cell.late());
            addToCell.setLong(7, cell.rejected());
            setSequence(8, cell.lowestSequence());
            setSequence(9, cell.highestSequence());
            addToCell.setObject(10, StoreTime.orNull(cell.firstEventTimeMicros()));
            addToCell.setObject(11, StoreTime.orNull(cell.lastEventTimeMicros()));
            addToCell.addBatch();
        }
        addToCell.executeBatch();
    }

    private void setSequence(int parameter, long sequence) throws SQLException {
        if (sequence == LedgerCell.NO_SEQUENCE) {
            addToCell.setNull(parameter, Types.BIGINT);
            return;
        }
        addToCell.setLong(parameter, sequence);
    }

    private void addTotals(LedgerEntry entry) throws SQLException {
        Map<EventType, long[]> totals = new EnumMap<>(EventType.class);
        for (LedgerCell cell : entry.cells()) {
            long[] total = totals.computeIfAbsent(cell.type(), type -> new long[4]);
            total[0] += cell.accepted();
            total[1] += cell.duplicate();
            total[2] += cell.late();
            total[3] += cell.rejected();
        }
        for (Map.Entry<EventType, long[]> total : totals.entrySet()) {
            addToTotal.setString(1, total.getKey().wireName());
            for (int fate = 0; fate < 4; fate++) {
                addToTotal.setLong(fate + 2, total.getValue()[fate]);
            }
            addToTotal.addBatch();
        }
        addToTotal.executeBatch();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
