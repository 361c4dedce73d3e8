package io.tidemark.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.server.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

final class RetentionTest {
    private static final Instant OLD = Instant.parse("2025-12-07T00:00:00Z");
    private static final Instant NEW = Instant.parse("2026-03-01T00:00:00Z");

    private TestDatabase database;
    private Retention retention;

    @BeforeEach
    void start(@TempDir Path data) {
        database = TestDatabase.migrated(data);
        database.register("1.0.0", List.of("mid_price"));
        database.register("2.0.0", List.of("mid_price"));
        PGSimpleDataSource owner = new PGSimpleDataSource();
        owner.setUrl(database.url());
        owner.setUser("postgres");
        retention = new Retention(owner);
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void keepsADayBeforeTheNewestRowOfEachSymbol() throws SQLException {
        database.insert("OLDUSDT", "1.0.0", OLD, 1.0);
        database.insert("OLDUSDT", "1.0.0", OLD.minus(Duration.ofHours(24)), 1.0);
        database.insert("OLDUSDT", "1.0.0", OLD.minus(Duration.ofHours(24)).minusMillis(1), 1.0);
        database.insert("NEWUSDT", "2.0.0", NEW, 1.0);
        database.insert("NEWUSDT", "1.0.0", OLD, 1.0);
        assertThat(retention.featureRows(Duration.ofHours(24))).isEqualTo(2);
        assertThat(retention.featureRows(Duration.ofHours(24))).isZero();
        assertThat(count("symbol = 'OLDUSDT'")).isEqualTo(2);
        assertThat(count("symbol = 'NEWUSDT' AND registry_version = '2.0.0'")).isEqualTo(1);
    }

    @Test
    void endsMoreRowsThanOneBatch() throws SQLException {
        database.execute(
                "INSERT INTO feature_row (symbol, registry_version, grid_time, feature_values,"
                        + " completeness, event_count) SELECT 'BTCUSDT', '1.0.0', timestamptz"
                        + " '2025-12-01' + n * interval '1 second', '{1}', 1, 1 FROM generate_series(1,"
                        + " 12001) n");
        database.insert("BTCUSDT", "1.0.0", NEW, 1.0);
        assertThat(retention.featureRows(Duration.ofHours(24))).isEqualTo(12_001);
        assertThat(count("true")).isEqualTo(1);
    }

    @Test
    void doesNotWaitForARowTheJobIsWriting() throws SQLException {
        database.insert("BTCUSDT", "1.0.0", NEW, 1.0);
        database.insert("BTCUSDT", "1.0.0", OLD, 1.0);
        database.insert("BTCUSDT", "1.0.0", OLD.plusSeconds(1), 1.0);
        try (Connection job = database.connect();
                var statement = job.createStatement()) {
            job.setAutoCommit(false);
            statement.execute(
                    "UPDATE feature_row SET event_count = 8 WHERE grid_time = '2025-12-07T00:00:00Z'");
            assertThat(retention.featureRows(Duration.ofHours(24))).isEqualTo(1);
            job.commit();
        }
        assertThat(retention.featureRows(Duration.ofHours(24))).isEqualTo(1);
        assertThat(count("true")).isEqualTo(1);
    }

    private int count(String where) throws SQLException {
        try (Connection connection = database.connect();
                var result =
                        connection
                                .createStatement()
                                .executeQuery("SELECT count(*) FROM feature_row WHERE " + where)) {
            result.next();
            return result.getInt(1);
        }
    }
}
