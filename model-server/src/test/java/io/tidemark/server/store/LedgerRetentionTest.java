package io.tidemark.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.server.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

final class LedgerRetentionTest {
    @Test
    void keepsSomeDaysBeforeTheNewestMinuteOfEachSymbolAndTheTotals(@TempDir Path data)
            throws SQLException {
        try (TestDatabase database = TestDatabase.migrated(data)) {
            database.execute(
                    "INSERT INTO ledger_cell SELECT 'BTCUSDT', 'trade', timestamptz '2025-12-01Z' + n *"
                            + " interval '1 minute', 1, 0, 0, 0 FROM generate_series(0, 20000) n");
            database.execute(
                    "INSERT INTO ledger_cell VALUES ('OLDUSDT', 'trade', '2024-01-01Z', 1, 0, 0, 0), ('',"
                            + " 'kline', '2026-01-01Z', 0, 0, 0, 1), ('', 'kline', '2025-12-20Z', 0, 0, 0,"
                            + " 1)");
            database.execute(
                    "INSERT INTO ledger_total VALUES ('trade', 20002, 0, 0, 0), ('kline', 0, 0, 0, 2)");
            database.execute(
                    "INSERT INTO ledger_writer VALUES ('8d4b2a5e-4c55-4d10-9f1c-0f2f6f3a9f10',"
                            + " '{[1,9)}', now() - interval '8 days'),"
                            + " ('8d4b2a5e-4c55-4d10-9f1c-0f2f6f3a9f11', '{[1,9)}', now() - interval '6"
                            + " days')");
            PGSimpleDataSource owner = new PGSimpleDataSource();
            owner.setUrl(database.url());
            owner.setUser("postgres");
            Retention retention = new Retention(owner);

            // Of 20,001 minutes, the newest 7 days and the newest minute itself stay.
            assertThat(retention.ledger(Duration.ofDays(7))).isEqualTo(20_000 - 7 * 24 * 60 + 1);
            assertThat(retention.ledger(Duration.ofDays(7))).isZero();

            assertThat(count(database, "ledger_cell WHERE symbol = 'BTCUSDT'"))
                    .isEqualTo(7 * 24 * 60 + 1);
            assertThat(count(database, "ledger_cell WHERE symbol = 'OLDUSDT'")).isEqualTo(1);
            assertThat(count(database, "ledger_cell WHERE symbol = ''")).isEqualTo(1);
            assertThat(count(database, "ledger_writer")).isEqualTo(1);
            assertThat(count(database, "ledger_total WHERE accepted = 20002")).isEqualTo(1);
        }
    }

    private static int count(TestDatabase database, String from) throws SQLException {
        try (Connection connection = database.connect();
                var result =
                        connection.createStatement().executeQuery("SELECT count(*) FROM " + from)) {
            result.next();
            return result.getInt(1);
        }
    }
}
