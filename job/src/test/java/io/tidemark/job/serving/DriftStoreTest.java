package io.tidemark.job.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.drift.DriftAlarm;
import io.tidemark.features.drift.DriftBaseline;
import io.tidemark.features.drift.DriftReading;
import io.tidemark.features.drift.FeatureDrift;
import io.tidemark.features.drift.Moments;
import io.tidemark.features.engine.FeatureRow;
import io.tidemark.job.drift.DriftReport;
import io.tidemark.job.drift.DriftSettings;
import io.tidemark.job.drift.DriftTopology;
import io.tidemark.job.drift.ModelBaselines;
import io.tidemark.job.rows.FeatureRowSerializer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Baselines out of a real PostgreSQL into a running job, reports and alarms back into it. */
class DriftStoreTest {
    private static final long SECOND = 1_000_000;
    private static final long BEGIN = 1_765_112_400 * SECOND;
    private static final int WINDOW = 400;

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @RegisterExtension static final MigratedStore STORE = MigratedStore.start();

    @BeforeEach
    void empty() throws Exception {
        // As a replica, whose triggers rest: history is only ever added to, by tests as well.
        STORE.query(
                "SET session_replication_role = replica;"
                        + " TRUNCATE model_version, model_activation, drift_baseline, drift_report, drift_alarm,"
                        + " feature_registry_version CASCADE");
        STORE.query(
                "INSERT INTO feature_registry_version (version, feature_names, cadence_micros)"
                        + " VALUES ('1.0.0', '{mid_price,spread,returns}', 1000000)");
    }

    private static String text(String query) throws SQLException {
        return STORE.query(query).get(0);
    }

    private static DriftBaseline baseline(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[20_000];
        Arrays.setAll(values, k -> k % 50 == 0 ? Double.NaN : random.nextGaussian());
        return DriftBaseline.of(values, WINDOW);
    }

    /** A version that was trained on rows of BTCUSDT, as the model server writes it. */
    private static void publish(long version, Map<String, DriftBaseline> baselines)
            throws SQLException {
        STORE.query(
                "INSERT INTO model_version (number, package_sha256, algorithm, dataset_id,"
                        + " certificate_sha256, metrics) VALUES (%d, '0', 'ridge', 'd', '1', '{}')"
                                .formatted(version));
        try (Connection connection = STORE.connect();
                PreparedStatement insert =
                        connection.prepareStatement(
                                "INSERT INTO drift_baseline (version, symbol, feature, position,"
                                        + " registry_version, edges, counts, finite_values, mean,"
                                        + " squares, window_rows, spread)"
                                        + " VALUES (?, 'BTCUSDT', ?, ?, '1.0.0', ?, ?, ?, ?, ?, ?, ?)")) {
            int position = 0;
            for (Map.Entry<String, DriftBaseline> entry : baselines.entrySet()) {
                DriftBaseline one = entry.getValue();
                double[] spread = {one.spread().trace(), one.spread().squares()};
                insert.setLong(1, version);
                insert.setString(2, entry.getKey());
                insert.setInt(3, position++);
                insert.setObject(4, one.bins().innerEdges());
                insert.setObject(5, one.counts());
                insert.setLong(6, one.moments().count());
                insert.setDouble(7, one.moments().mean());
                insert.setDouble(8, one.moments().squares());
                insert.setInt(9, one.window());
                insert.setObject(10, Double.isNaN(spread[0]) ? new double[0] : spread);
                insert.executeUpdate();
            }
        }
    }

    private static void activate(long number, long version) throws SQLException {
        STORE.query(
                "INSERT INTO model_activation (number, version, activated_by, reason)"
                        + " VALUES (%d, %d, 'anna', 'a test')".formatted(number, version));
    }

    @Test
    void theActiveModelsBaselinesAreReadAsTheyWereMade() throws Exception {
        Map<String, DriftBaseline> made = Map.of("spread", baseline(1));
        DriftBaseline few = DriftBaseline.of(new double[] {1, 2, 3, Double.NaN}, WINDOW);
        try (StoredBaselines stored = new StoredBaselines(STORE.settings())) {
            assertThat(stored.active(ModelBaselines.NONE)).isEqualTo(ModelBaselines.NONE);
            publish(1, made);
            assertThat(stored.active(ModelBaselines.NONE)).isEqualTo(ModelBaselines.NONE);
            activate(1, 1);
            ModelBaselines active = stored.active(ModelBaselines.NONE);
            assertThat(active)
                    .isEqualTo(
                            new ModelBaselines(
                                    1,
                                    1,
                                    "1.0.0",
                                    WINDOW * SECOND,
                                    List.of("spread"),
                                    new int[] {1},
                                    Map.of("BTCUSDT", List.of(baseline(1)))));
            assertThat(stored.active(active)).isSameAs(active);
            publish(2, Map.of("returns", few));
            publish(3, Map.of());
            activate(2, 2);
            assertThat(stored.active(active).bySymbol()).isEqualTo(Map.of("BTCUSDT", List.of(few)));
            activate(3, 3);
            assertThat(stored.active(active)).isEqualTo(ModelBaselines.without(3, 3));
        }
    }

    /** Rows of event time a second apart, some 1000 a second. */
    private static final class Rows implements MapFunction<Long, FeatureRow> {
        private static final long serialVersionUID = 1L;

        @Override
        public FeatureRow map(Long n) throws InterruptedException {
            Thread.sleep(1);
            SplittableRandom random = new SplittableRandom(n * 7_919);
            random.nextLong();
            double[] values = {Double.NaN, random.nextGaussian(), random.nextGaussian()};
            return new FeatureRow("BTCUSDT", BEGIN + n * SECOND, "1.0.0", values, 0, 1, 0);
        }
    }

    /** From "nothing is active" to one model and the next, in one run of the job. */
    @Test
    void aModelThatIsActivatedReachesTheRunningJob() throws Exception {
        Configuration configuration = new Configuration();
        configuration.setString("restart-strategy.type", "none");
        configuration.setString("execution.checkpointing.interval", "200ms");
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(1);
        DataStream<FeatureRow> rows =
                environment
                        .fromSequence(0, 1_000_000_000)
                        .map(new Rows())
                        .returns(FeatureRowSerializer.typeInformation());
        DataStream<ModelBaselines> baselines =
                environment.fromSource(
                        new BaselineSource(STORE.settings(), DriftSettings.STANDARD.pollEvery()),
                        WatermarkStrategy.noWatermarks(),
                        "model-baselines",
                        ModelBaselines.typeInformation());
        DriftTopology.define(rows, baselines, DriftSettings.STANDARD)
                .sinkTo(new DriftSink(STORE.settings()));
        JobClient job = environment.executeAsync("drift");
        try {
            await(() -> job.getJobStatus().get() == JobStatus.RUNNING);
            publish(1, Map.of("spread", baseline(1)));
            publish(2, Map.of("spread", baseline(2), "returns", baseline(3)));
            activate(1, 1);
            awaitReport(job, 1);
            activate(2, 2);
            awaitReport(job, 2);
            System.out.println(
                    "activation to the first stored report of a window of "
                            + WINDOW
                            + " rows, s: "
                            + text(
                                    "SELECT string_agg(round(extract(epoch FROM first - activated_at)::numeric, 2)::text,"
                                            + " ', ' ORDER BY a.version) FROM model_activation a JOIN"
                                            + " (SELECT version, min(stored_at) AS first FROM drift_report"
                                            + " GROUP BY version) r ON r.version = a.version"));
            assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.RUNNING);
            assertThat(
                            text(
                                    "SELECT count(*) FILTER (WHERE samples <> "
                                            + WINDOW
                                            + ") FROM drift_report"))
                    .isEqualTo("0");
            assertThat(
                            text(
                                    "SELECT string_agg(DISTINCT version || feature, ' ' ORDER BY"
                                            + " version || feature) FROM drift_report"))
                    .isEqualTo("1spread 2returns 2spread");
        } finally {
            if (job.getJobStatus().get() == JobStatus.FAILED) {
                // Says why.
                job.getJobExecutionResult().get();
            }
            job.cancel().get();
        }
    }

    private static void awaitReport(JobClient job, long version) throws Exception {
        String reports = "SELECT count(*) FROM drift_report WHERE version = " + version;
        await(() -> job.getJobStatus().get() == JobStatus.FAILED || !text(reports).equals("0"));
        assertThat(text(reports)).isNotEqualTo("0");
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        while (!condition.holds()) {
            assertThat(Instant.now()).as("waited 60 s").isBefore(end);
            Thread.sleep(50);
        }
    }

    private static DriftReport report(long end, boolean drift, DriftAlarm alarm) {
        DriftReading reading =
                new DriftReading(400, 390.5, 0.3, 0.1, 1e-5, 0.1, 0.2, 0.5, 1, Double.NaN, 0);
        FeatureDrift one =
                new FeatureDrift(
                        new long[] {100, 300, 0}, new Moments(400, 2, 9), reading, drift, alarm);
        return new DriftReport(
                1,
                "BTCUSDT",
                "1.0.0",
                BEGIN + end - WINDOW * SECOND,
                BEGIN + end,
                List.of("spread"),
                List.of(one));
    }

    private static DriftAlarm alarm(long last, long windows, double psi, long closed) {
        return new DriftAlarm(BEGIN + 40, BEGIN + last, windows, psi, false, closed);
    }

    @Test
    void whatIsWrittenAgainChangesNothing() throws Exception {
        long open = DriftAlarm.NONE.closedMicros();
        List<DriftReport> reports =
                List.of(
                        report(0, false, DriftAlarm.NONE),
                        report(40, true, alarm(40, 1, 0.3, open)),
                        report(80, true, alarm(80, 2, 0.4, open)),
                        report(480, false, alarm(80, 2, 0.4, BEGIN + 480)));
        String all =
                "SELECT (SELECT string_agg(r::text, ';' ORDER BY window_end) FROM drift_report r)"
                        + " || (SELECT string_agg(a::text, ';') FROM drift_alarm a)";
        try (DriftConnection store = DriftConnection.open(STORE.settings())) {
            store.write(reports);
            String once = text(all);
            store.write(reports.subList(1, 3));
            store.write(reports);
            assertThat(text(all)).isEqualTo(once);
        }
        assertThat(
                        text(
                                "SELECT windows || ' ' || worst_psi || ' ' || (closed_window - opened_window)"
                                        + " FROM drift_alarm"))
                .isEqualTo("2 0.4 00:00:00.00044");
        assertThat(
                        text(
                                "SELECT recent_mean || ' ' || (std_deviation_ratio IS NULL) || ' ' || counts::text"
                                        + " FROM drift_report ORDER BY window_end LIMIT 1"))
                .isEqualTo("2 true {100,300,0}");
    }
}
