package io.tidemark.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.server.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

final class DriftRetentionTest {
    @Test
    void keepsTheDaysBeforeTheNewestWindowAndAllAlarms(@TempDir Path data) {
        try (TestDatabase database = TestDatabase.migrated(data)) {
            database.execute(
                    "INSERT INTO drift_report (version, symbol, window_end, feature, window_start, samples,"
                            + " drift, counts) SELECT 1, 'BTCUSDT', at, 'spread', at - interval '1 hour',"
                            + " 1, false, '{1}' FROM (SELECT timestamptz '2025-01-01 00:00Z'"
                            + " + n * interval '2 minutes' AS at FROM generate_series(1, 12000) n) windows");
            database.execute(
                    "INSERT INTO drift_alarm (version, symbol, feature, opened_window, last_window,"
                            + " windows, worst_psi, muted) VALUES (1, 'BTCUSDT', 'spread',"
                            + " '2025-01-01 00:02Z', '2025-01-01 00:02Z', 1, 0.5, false)");
            PGSimpleDataSource owner = new PGSimpleDataSource();
            owner.setUrl(database.url());
            owner.setUser("postgres");
            Retention retention = new Retention(owner);

            assertThat(retention.drift(Duration.ofDays(2))).isEqualTo(12_000 - 2 * 24 * 30 - 1);
            assertThat(retention.drift(Duration.ofDays(2))).isZero();
            assertThat(database.text("SELECT count(*) FROM drift_report")).isEqualTo("1441");
            assertThat(database.text("SELECT count(*) FROM drift_alarm")).isEqualTo("1");
        }
    }
}
