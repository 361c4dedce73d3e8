package io.tidemark.local.drill;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;

/**
 * How far the serving store of a running platform is. Every question is a connection of its own.
 */
final class StoreState {
    private final DrillDatabase database;

    StoreState(DrillDatabase database) {
        this.database = database;
    }

    /** Symbols that have rows. */
    long symbols() throws SQLException {
        return number("SELECT count(DISTINCT symbol) FROM feature_row");
    }

    /** Messages in the ledger. */
    long booked() throws SQLException {
        return number(
                "SELECT coalesce(sum(accepted + duplicate + late + rejected), 0) FROM ledger_total");
    }

    /** When the first row after that time was written, in milliseconds; 0 when none was. */
    long firstRowMillis(long afterMillis) throws SQLException {
        try (Connection session = database.connect();
                PreparedStatement statement =
                        session.prepareStatement(
                                "SELECT min(stored_at) FROM feature_row WHERE stored_at > ?")) {
            statement.setTimestamp(1, new Timestamp(afterMillis));
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                Timestamp first = rows.getTimestamp(1);
                return first == null ? 0 : first.getTime();
            }
        }
    }

    private long number(String sql) throws SQLException {
        try (Connection session = database.connect();
                Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
