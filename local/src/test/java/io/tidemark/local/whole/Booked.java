package io.tidemark.local.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** What the ledger of a database says of all messages. */
record Booked(long accepted, long duplicate, long late, long rejected) {
    private static final String SUMS =
            "SELECT coalesce(sum(accepted), 0), coalesce(sum(duplicate), 0), coalesce(sum(late), 0),"
                    + " coalesce(sum(rejected), 0) FROM ";

    /** Its totals, which are those of its minutes. */
    static Booked in(String databaseUrl) throws SQLException {
        try (Connection session = DriverManager.getConnection(databaseUrl)) {
            session.setAutoCommit(false);
            session.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            Booked totals = sums(session, "ledger_total");
            assertThat(sums(session, "ledger_cell")).as("sum of minutes").isEqualTo(totals);
            return totals;
        }
    }

    /** Waits until it holds that many messages; then it must be these. */
    static void becomes(Booked expected, String databaseUrl) throws Exception {
        Until.holds(
                expected.messages() + " messages in the ledger",
                Duration.ofSeconds(90),
                () -> in(databaseUrl).messages() >= expected.messages());
        assertThat(in(databaseUrl)).isEqualTo(expected);
    }

    long messages() {
        return accepted + duplicate + late + rejected;
    }

    private static Booked sums(Connection session, String table) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet sums = statement.executeQuery(SUMS + table)) {
            sums.next();
            return new Booked(sums.getLong(1), sums.getLong(2), sums.getLong(3), sums.getLong(4));
        }
    }
}
