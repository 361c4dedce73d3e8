package io.tidemark.job.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.job.outcome.Outcome;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against a real PostgreSQL with the real migrations. */
class OutcomeSinkTest {
    private static final long NOON = 1_786_276_800_000_000L;

    private static final SinkWriter.Context NO_CONTEXT =
            new SinkWriter.Context() {
                @Override
                public long currentWatermark() {
                    return Long.MIN_VALUE;
                }

                @Override
                public Long timestamp() {
                    return Long.MIN_VALUE;
                }
            };

    private static EmbeddedPostgres postgres;
    private static ServingStoreSettings settings;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        settings =
                ServingStoreSettings.of(
                                postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres")
                        .withRetries(5, Duration.ofMillis(10));
        ServingStoreSchema.migrate(settings.jdbcUrl(), settings.user(), settings.password());
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    /** Written by a task, then again by the one that took over from the checkpoint before. */
    @Test
    void whatComesTwiceIsThereOnceAsItWasFirstStored() throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 1_100; i++) {
            long time = NOON + i * 1_000_000L;
            outcomes.add(new Outcome("A", time, "returns:60s", time + 60_000_000, 1.0 / (i + 3)));
        }
        write(outcomes);
        List<String> first = stored();
        assertThat(first).hasSize(1_100);
        write(outcomes.subList(500, 1_100));
        assertThat(stored()).isEqualTo(first);
    }

    private static void write(List<Outcome> outcomes) throws Exception {
        try (OutcomeSink.Writer writer =
                new OutcomeSink.Writer(
                        settings,
                        new StoreSession<>(settings, OutcomeConnection::open, () -> {}))) {
            for (Outcome outcome : outcomes) {
                writer.write(outcome, NO_CONTEXT);
                writer.write(outcome, NO_CONTEXT);
            }
            writer.writeWatermark(new Watermark(0));
        }
    }

    private static List<String> stored() throws Exception {
        List<String> lines = new ArrayList<>();
        try (Connection connection =
                        DriverManager.getConnection(
                                settings.jdbcUrl(), settings.user(), settings.password());
                Statement sql = connection.createStatement();
                ResultSet rows =
                        sql.executeQuery(
                                "SELECT symbol, grid_time, label, known_at, value, stored_at FROM outcome ORDER BY grid_time")) {
            while (rows.next()) {
                lines.add(
                        "%s %s %s %s %s %s"
                                .formatted(
                                        rows.getString(1),
                                        rows.getString(2),
                                        rows.getString(3),
                                        rows.getString(4),
                                        rows.getDouble(5),
                                        rows.getString(6)));
            }
        }
        return lines;
    }
}
