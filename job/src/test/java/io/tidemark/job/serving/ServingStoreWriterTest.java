package io.tidemark.job.serving;

import static io.tidemark.job.serving.MigratedStore.NO_CONTEXT;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.schemas.event.EventHeader;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Against a real PostgreSQL with the real migrations. */
class ServingStoreWriterTest {
    private static final RegistryVersion VERSION =
            new RegistryVersion("1.0.0", List.of("a", "b", "c"), 1_000_000);
    private static final long T = 1_765_112_006_000_001L;

    @RegisterExtension static final MigratedStore STORE = MigratedStore.start();

    private static final ServingStoreSettings SETTINGS = STORE.settings().withBatchRows(3);

    private ServingStoreWriter writer;

    @BeforeEach
    void open() throws Exception {
        STORE.query("TRUNCATE feature_row, feature_registry_version CASCADE");
        writer = writer(SETTINGS, VERSION);
    }

    @AfterEach
    void close() throws Exception {
        writer.close();
    }

    @Test
    void migratesOnlyOnce() {
        assertThat(
                        ServingStoreSchema.migrate(
                                SETTINGS.jdbcUrl(), SETTINGS.user(), SETTINGS.password()))
                .isZero();
    }

    @Test
    void makesTheRegistryVersionKnownBeforeTheFirstRow() throws Exception {
        assertThat(
                        STORE.query(
                                "SELECT version, feature_names, cadence_micros FROM feature_registry_version"))
                .containsExactly("1.0.0|{a,b,c}|1000000");
        writer(SETTINGS, VERSION).close();
        assertThat(STORE.query("SELECT count(*) FROM feature_registry_version"))
                .containsExactly("1");
    }

    @Test
    void refusesAVersionTheStoreKnowsWithOtherFeatures() {
        assertThatThrownBy(
                        () ->
                                writer(
                                        SETTINGS,
                                        new RegistryVersion(
                                                "1.0.0", List.of("a", "c", "b"), 1_000_000)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("[a, b, c] every 1000000 us, the job has [a, c, b]");
    }

    @Test
    void writesNothingBeforeTheWatermarkThenAllOfIt() throws Exception {
        write(row("BTCUSDT", T, 1, 2, 3));
        write(row("ETHUSDT", T, 4, 5, 6));
        assertThat(STORE.query("SELECT count(*) FROM feature_row")).containsExactly("0");

        writer.writeWatermark(new Watermark(T / 1000));

        assertThat(STORE.query("SELECT symbol, feature_values FROM feature_row ORDER BY symbol"))
                .containsExactly("BTCUSDT|{1,2,3}", "ETHUSDT|{4,5,6}");
    }

    @Test
    void writesAFullBatchWithoutWaiting() throws Exception {
        for (int i = 0; i < 4; i++) {
            write(row("BTCUSDT", T + i, 1, 2, 3));
        }
        assertThat(STORE.query("SELECT count(*) FROM feature_row")).containsExactly("3");
    }

    @Test
    void writesEverythingAtACheckpoint() throws Exception {
        write(row("BTCUSDT", T, 1, 2, 3));
        writer.flush(false);
        assertThat(STORE.query("SELECT count(*) FROM feature_row")).containsExactly("1");
    }

    @Test
    void keepsTheLastOfTwoRowsOfOneKeyInABatch() throws Exception {
        write(row("BTCUSDT", T, 1, 2, 3));
        write(row("BTCUSDT", T, 7, 8, 9));
        writer.flush(false);
        assertThat(STORE.query("SELECT feature_values FROM feature_row"))
                .containsExactly("{7,8,9}");
    }

    @Test
    void replacesARowWrittenBefore() throws Exception {
        write(row("BTCUSDT", T, 1, 2, 3));
        writer.flush(false);
        write(row("BTCUSDT", T, 7, 8, 9));
        writer.flush(false);
        assertThat(STORE.query("SELECT feature_values FROM feature_row"))
                .containsExactly("{7,8,9}");
    }

    @Test
    void storesEveryColumn() throws Exception {
        write(new FeatureRow("BTCUSDT", T, "1.0.0", new double[] {1, 2, 3}, 33, 7, T - 1));
        write(
                new FeatureRow(
                        "ETHUSDT",
                        T,
                        "1.0.0",
                        new double[] {1, 2, 3},
                        0,
                        0,
                        EventHeader.UNKNOWN_TIME));
        writer.flush(false);
        assertThat(
                        STORE.query(
                                "SELECT symbol, registry_version, (extract(epoch from grid_time) * 1000000)::bigint, completeness, event_count, (extract(epoch from max_event_time) * 1000000)::bigint FROM feature_row ORDER BY symbol"))
                .containsExactly(
                        "BTCUSDT|1.0.0|%d|33|7|%d".formatted(T, T - 1),
                        "ETHUSDT|1.0.0|%d|0|0|null".formatted(T));
    }

    @Test
    void keepsTheBitsOfNumbersAndStoresUndefinedOnesAsNull() throws Exception {
        double[] values = {
            0.1 + 0.2,
            -0.0,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            Double.NEGATIVE_INFINITY,
            1.0 / 3,
            Double.NaN
        };
        // Beyond the driver's threshold of executions, where it changes how it sends them.
        for (int i = 0; i < 12; i++) {
            write(new FeatureRow("BTCUSDT", T + i, "1.0.0", values, 0, 0, T));
        }
        writer.flush(false);

        try (Connection connection = STORE.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT feature_values FROM feature_row")) {
            int count = 0;
            while (rows.next()) {
                Double[] read = (Double[]) rows.getArray(1).getArray();
                for (int i = 0; i < values.length - 1; i++) {
                    assertThat(Double.doubleToRawLongBits(requireNonNull(read[i])))
                            .isEqualTo(Double.doubleToRawLongBits(values[i]));
                }
                assertThat(read[values.length - 1]).isNull();
                count++;
            }
            assertThat(count).isEqualTo(12);
        }
    }

    @Test
    void writesTheSameBatchAgainOverANewConnection() throws Exception {
        write(row("BTCUSDT", T, 1, 2, 3));
        write(row("ETHUSDT", T, 4, 5, 6));
        assertThat(terminateWriters()).isEqualTo(1);

        writer.flush(false);

        assertThat(STORE.query("SELECT count(*) FROM feature_row")).containsExactly("2");
    }

    @Test
    void failsWhenTheAttemptsAreUsedUp() throws Exception {
        ServingStoreWriter impatient =
                writer(SETTINGS.withRetries(1, Duration.ofMillis(1)), VERSION);
        impatient.write(row("BTCUSDT", T, 1, 2, 3), NO_CONTEXT);
        terminateWriters();
        assertThatThrownBy(() -> impatient.flush(false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the serving store must take 1 rows, refused 1 times");
        impatient.flush(false);
        assertThat(STORE.query("SELECT count(*) FROM feature_row")).containsExactly("1");
        impatient.close();
    }

    @Test
    void doesNotTryAgainWhatTheDatabaseWillNeverTake() throws Exception {
        ServingStoreWriter patient = writer(SETTINGS.withRetries(5, Duration.ofHours(1)), VERSION);
        patient.write(row("BTC\u0000USDT", T, 1, 2, 3), NO_CONTEXT);
        assertThatThrownBy(() -> patient.flush(false)).isInstanceOf(IOException.class);
        patient.close();
    }

    private void write(FeatureRow row) throws Exception {
        writer.write(row, NO_CONTEXT);
    }

    private static FeatureRow row(String symbol, long gridTime, double... values) {
        return new FeatureRow(symbol, gridTime, "1.0.0", values, 0, 1, gridTime - 1);
    }

    private static ServingStoreWriter writer(ServingStoreSettings settings, RegistryVersion version)
            throws Exception {
        return new ServingStoreWriter(
                settings,
                version,
                "tidemark-serving-test",
                new ServingStoreMetrics(new UnregisteredMetricsGroup()));
    }

    private static int terminateWriters() throws SQLException {
        return STORE.query(
                        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE application_name = 'tidemark-serving-test'")
                .size();
    }
}
