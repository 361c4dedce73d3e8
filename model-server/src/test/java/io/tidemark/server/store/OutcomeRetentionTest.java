package io.tidemark.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.server.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

final class OutcomeRetentionTest {
    @Test
    void keepsThoseOfTheLastDays(@TempDir Path data) {
        try (TestDatabase database = TestDatabase.migrated(data)) {
            database.execute(
                    "INSERT INTO outcome (symbol, grid_time, label, known_at, value, stored_at)"
                            + " SELECT 'BTCUSDT', t, 'returns:60s', t, 0, t FROM (SELECT"
                            + " now() - (20000 - n) * interval '1 minute' AS t"
                            + " FROM generate_series(1, 20000) n) times");
            PGSimpleDataSource owner = new PGSimpleDataSource();
            owner.setUrl(database.url());
            owner.setUser("postgres");
            Retention retention = new Retention(owner);

            assertThat(retention.outcomes(Duration.ofDays(7)))
                    .isBetween(20_000L - 7 * 24 * 60 - 5, 20_000L - 7 * 24 * 60);
            assertThat(retention.outcomes(Duration.ofDays(7))).isBetween(0L, 1L);
        }
    }
}
