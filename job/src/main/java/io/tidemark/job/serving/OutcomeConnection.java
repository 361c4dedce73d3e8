package io.tidemark.job.serving;

import io.tidemark.job.outcome.Outcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;

/**
 * One connection to the serving store and the statement that stores outcomes over it. Schema:
 * {@code db/migration/V008}. For one thread; after an {@link SQLException} only {@link #close} is
 * useful.
 */
final class OutcomeConnection implements StoreSession.Statements {
    /** What is there already stays as it was first stored: when is what tells the delay. */
    private static final String UPSERT =
            """
            INSERT INTO outcome AS o (symbol, grid_time, label, known_at, value)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (symbol, label, grid_time) DO UPDATE
            SET value = EXCLUDED.value
            WHERE o.value <> EXCLUDED.value
            """;

    private final Connection connection;
    private final PreparedStatement upsert;

    private OutcomeConnection(Connection connection) throws SQLException {
        this.connection = connection;
        upsert = connection.prepareStatement(UPSERT);
    }

    /** Connects; leaves no connection behind when that fails. */
    static OutcomeConnection open(ServingStoreSettings settings) throws SQLException {
        Connection connection = StoreSession.connect(settings, "tidemark-outcomes");
        try {
            return new OutcomeConnection(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Inserts or replaces them, all or none; committed on return. No two may have one key. */
    void upsert(Collection<Outcome> outcomes) throws SQLException {
        for (Outcome outcome : outcomes) {
            upsert.setString(1, outcome.symbol());
            upsert.setObject(2, StoreTime.of(outcome.gridTimeMicros()));
            upsert.setString(3, outcome.label());
            upsert.setObject(4, StoreTime.of(outcome.knownMicros()));
            upsert.setDouble(5, outcome.value());
            upsert.addBatch();
        }
        upsert.executeBatch();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
