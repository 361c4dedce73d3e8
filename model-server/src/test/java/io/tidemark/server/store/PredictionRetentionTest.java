package io.tidemark.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.server.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

final class PredictionRetentionTest {
    @Test
    void keepsThoseOfTheLastDays(@TempDir Path data) {
        try (TestDatabase database = TestDatabase.migrated(data)) {
            database.execute(
                    "INSERT INTO model_version (number, package_sha256, algorithm, dataset_id,"
                            + " certificate_sha256, metrics) VALUES (1, 'a', 'ridge', 'd', 'c', '{}')");
            database.execute(
                    "INSERT INTO prediction (request_id, item, model_version, model_sha256,"
                            + " registry_version, feature_values, output, degraded, latency_micros,"
                            + " made_at) SELECT 'r', n, 1, 'a', '1.0.0', '{1}', '{1}', false, 1,"
                            + " now() - (20000 - n) * interval '1 minute'"
                            + " FROM generate_series(1, 20000) n");
            PGSimpleDataSource owner = new PGSimpleDataSource();
            owner.setUrl(database.url());
            owner.setUser("postgres");
            Retention retention = new Retention(owner);

            assertThat(retention.predictions(Duration.ofDays(7)))
                    .isBetween(20_000L - 7 * 24 * 60 - 5, 20_000L - 7 * 24 * 60);
            assertThat(retention.predictions(Duration.ofDays(7))).isBetween(0L, 1L);
        }
    }
}
