package io.tidemark.local.whole;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.features.drift.DriftAlarm;
import io.tidemark.features.drift.DriftBaseline;
import io.tidemark.features.drift.DriftReading;
import io.tidemark.features.drift.DriftRule;
import io.tidemark.features.drift.FeatureDrift;
import io.tidemark.features.drift.LongRunSpread;
import io.tidemark.features.drift.RollingDrift;
import io.tidemark.features.engine.FeatureRow;
import io.tidemark.features.engine.SymbolEngine;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.job.serving.ServingStoreSchema;
import io.tidemark.local.simulator.MarketSimulator;
import io.tidemark.local.simulator.SimulatorSettings;
import io.tidemark.schemas.event.MarketEvent;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An active model whose baselines the job holds its rows to, and what the job must then have
 * reported: the rows served, taken one after the other by the kernel alone, without a stop.
 *
 * <p>Which window is the first of a symbol depends on when its baselines came, which is a matter of
 * processing time. A window is known by its begin, and from the first on nothing depends on time: a
 * job that had lost its counts anywhere would leave windows out, or open an alarm anew.
 */
final class WatchedMarket {
    private static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT", "LTCUSDT");
    private static final List<String> FEATURES =
            List.of(
                    "spread_abs",
                    "returns_1s",
                    "volume_3s",
                    "signed_volume_15s",
                    "trade_count_3s",
                    "depth_imbalance_top5",
                    "depth_bid_top10");
    private static final int WINDOW_ROWS = 20;
    private static final int TRAINED_SECONDS = 200;
    private static final int LEAST_REPORTS = 10;
    private static final long SECOND = 1_000_000;
    private static final FeatureSet REGISTRY = FeatureSet.builtIn("1.0.0");

    private final String databaseUrl;
    private final DriftMessages messages;
    private final Map<String, List<DriftBaseline>> baselines;

    private WatchedMarket(RealParts parts, Map<String, List<DriftBaseline>> baselines) {
        databaseUrl = parts.databaseUrl();
        messages = new DriftMessages(parts.connection());
        this.baselines = baselines;
    }

    /** Makes the schema and the model, and the model active: before the job starts. */
    static WatchedMarket begin(RealParts parts, double eventsPerSecond, long seed)
            throws SQLException {
        ServingStoreSchema.migrate(parts.databaseUrl(), "", "");
        WatchedMarket market = new WatchedMarket(parts, baselines(eventsPerSecond, seed));
        market.store();
        return market;
    }

    /**
     * Of a market of another seed. Windows are taken to vary a third of what independent rows
     * would, so that so short ones are called drift now and then, and alarms open and close.
     */
    private static Map<String, List<DriftBaseline>> baselines(double eventsPerSecond, long seed) {
        long start = 1_765_112_400 * SECOND;
        MarketSimulator market =
                new MarketSimulator(
                        new SimulatorSettings(
                                SimulatorSettings.DEFAULT_SYMBOLS, eventsPerSecond, seed + 1),
                        start);
        Map<String, SymbolEngine> engines = new HashMap<>();
        Map<String, List<double[]>> rows = new TreeMap<>();
        for (String symbol : SYMBOLS) {
            engines.put(symbol, SymbolEngine.create(REGISTRY, symbol));
            rows.put(symbol, new ArrayList<>());
        }
        for (long row = start + SECOND; row <= start + TRAINED_SECONDS * SECOND; row += SECOND) {
            while (market.nextTimeMicros() < row) {
                MarketEvent event = market.next();
                SymbolEngine engine = engines.get(event.symbol());
                if (engine != null) {
                    engine.accept(event);
                }
            }
            for (Map.Entry<String, List<double[]>> one : rows.entrySet()) {
                SymbolEngine engine = requireNonNull(engines.get(one.getKey()));
                one.getValue().add(engine.rowAt(row).values());
            }
        }
        Map<String, List<DriftBaseline>> baselines = new TreeMap<>();
        rows.forEach(
                (symbol, values) ->
                        baselines.put(
                                symbol,
                                Arrays.stream(columns())
                                        .mapToObj(column -> baseline(values, column))
                                        .toList()));
        return baselines;
    }

    private static DriftBaseline baseline(List<double[]> rows, int column) {
        DriftBaseline made =
                DriftBaseline.of(
                        rows.stream().mapToDouble(row -> row[column]).toArray(), WINDOW_ROWS);
        double free = Arrays.stream(made.counts()).filter(count -> count > 0).count() - 1.0;
        return new DriftBaseline(
                made.bins(),
                made.counts(),
                made.moments(),
                WINDOW_ROWS,
                new LongRunSpread(free / 3, free / 9));
    }

    private static int[] columns() {
        return FEATURES.stream().mapToInt(REGISTRY.names()::indexOf).toArray();
    }

    private void store() throws SQLException {
        try (Connection session = DriverManager.getConnection(databaseUrl);
                Statement statement = session.createStatement();
                PreparedStatement insert =
                        session.prepareStatement(
                                """
                                INSERT INTO drift_baseline (version, symbol, feature, position,
                                    registry_version, edges, counts, finite_values, mean, squares,
                                    window_rows, spread)
                                VALUES (1, ?, ?, ?, '1.0.0', ?, ?, ?, ?, ?, ?, ?)
                                """)) {
            statement.execute(
                    """
                    INSERT INTO model_version (number, package_sha256, algorithm, dataset_id,
                        certificate_sha256, metrics)
                    VALUES (1, '0', 'none', 'none', '0', '{}')
                    """);
            for (Map.Entry<String, List<DriftBaseline>> symbol : baselines.entrySet()) {
                for (int at = 0; at < FEATURES.size(); at++) {
                    DriftBaseline one = symbol.getValue().get(at);
                    insert.setString(1, symbol.getKey());
                    insert.setString(2, FEATURES.get(at));
                    insert.setInt(3, at);
                    insert.setArray(
                            4, session.createArrayOf("float8", boxed(one.bins().innerEdges())));
                    insert.setArray(
                            5,
                            session.createArrayOf(
                                    "bigint", Arrays.stream(one.counts()).boxed().toArray()));
                    insert.setLong(6, one.moments().count());
                    insert.setDouble(7, one.moments().mean());
                    insert.setDouble(8, one.moments().squares());
                    insert.setInt(9, one.window());
                    insert.setArray(
                            10,
                            session.createArrayOf(
                                    "float8", boxed(one.spread().trace(), one.spread().squares())));
                    insert.executeUpdate();
                }
            }
            statement.execute(
                    """
                    INSERT INTO model_activation (number, version, activated_by, reason)
                    VALUES (1, 1, 'a test', 'to be watched')
                    """);
        }
    }

    private static Object[] boxed(double... values) {
        return Arrays.stream(values).boxed().toArray();
    }

    /**
     * Waits until each symbol has a report: the baselines are in many checkpoints by then, a window
     * after they came.
     */
    void awaitReports() throws Exception {
        Until.holds(
                "a drift report of every symbol",
                Duration.ofSeconds(90),
                () ->
                        query("SELECT count(DISTINCT symbol) FROM drift_report")
                                .equals(List.of(List.of((long) SYMBOLS.size()))));
    }

    /** While the job runs and gets no more: waits for the message of each report of the store. */
    void awaitMessages() throws Exception {
        Until.holds(
                "the message of every drift report",
                Duration.ofSeconds(30),
                () -> messages.ids().containsAll(stored()));
    }

    /** Ids of the messages that the reports of the store must have. */
    private Set<String> stored() throws SQLException {
        Set<String> ids = new TreeSet<>();
        for (List<Object> window :
                query(
                        "SELECT DISTINCT symbol, %s FROM drift_report"
                                .formatted(micros("window_end")))) {
            ids.add(DriftMessages.id((String) window.get(0), (long) window.get(1)));
        }
        return ids;
    }

    /**
     * Once the job has ended, for good or by a kill: every report and every alarm of the store, and
     * every message, is what the kernel says of the rows served, to the bit, and none is missing.
     * The last windows may have a message and no report in the store yet, when it was killed.
     *
     * @param served rows proven to be those of the engine
     */
    void holds(Map<String, FeatureRow> served) throws Exception {
        Map<String, List<Object>> reports = new TreeMap<>();
        Map<String, List<Object>> alarms = new TreeMap<>();
        Map<String, JsonNode> told = new TreeMap<>();
        assertThat(messages.ids()).containsAll(stored());
        for (String symbol : SYMBOLS) {
            List<Object> span =
                    query(
                                    "SELECT %s, %s FROM drift_report WHERE symbol = '%s'"
                                            .formatted(
                                                    micros("min(window_start)"),
                                                    micros("max(window_end)"),
                                                    symbol))
                            .get(0);
            long begin = (long) span.get(0);
            long end = (long) span.get(1);
            for (Window window :
                    windows(symbol, served, begin, Math.max(end, messages.newestMicros(symbol)))) {
                told.put(
                        DriftMessages.id(symbol, window.to()),
                        DriftMessages.expected(
                                symbol, window.from(), window.to(), FEATURES, window.features()));
                if (window.to() <= end) {
                    expect(symbol, window, reports, alarms);
                }
            }
        }
        assertThat(reports).hasSizeGreaterThan(LEAST_REPORTS * SYMBOLS.size() * FEATURES.size());
        assertThat(byKey(query(reportQuery()))).isEqualTo(reports);
        assertThat(alarms).as("alarms, or nothing is shown of them").isNotEmpty();
        assertThat(byKey(query(alarmQuery()))).isEqualTo(alarms);
        assertThat(messages.contents()).isEqualTo(told);
    }

    /** What the kernel says of a window of the rows served. */
    private record Window(long from, long to, List<FeatureDrift> features) {}

    private List<Window> windows(
            String symbol, Map<String, FeatureRow> served, long begin, long end) {
        List<DriftBaseline> own = requireNonNull(baselines.get(symbol));
        long window = WINDOW_ROWS * SECOND;
        RollingDrift rolling = new RollingDrift(own, columns(), window, DriftRule.STANDARD, 20);
        List<Window> windows = new ArrayList<>();
        served.values().stream()
                .filter(row -> row.symbol().equals(symbol))
                // A row of the pane before the first window tells where that begins.
                .filter(row -> row.gridTimeMicros() > begin - window / 10)
                .filter(row -> row.gridTimeMicros() <= end)
                .sorted(Comparator.comparingLong(FeatureRow::gridTimeMicros))
                .forEach(
                        row ->
                                rolling.take(
                                        row.gridTimeMicros(),
                                        row.values(),
                                        (from, to, features) ->
                                                windows.add(new Window(from, to, features))));
        return windows;
    }

    private static void expect(
            String symbol,
            Window window,
            Map<String, List<Object>> reports,
            Map<String, List<Object>> alarms) {
        for (int at = 0; at < FEATURES.size(); at++) {
            String name = symbol + " " + FEATURES.get(at);
            FeatureDrift one = window.features().get(at);
            reports.put(name + "@" + window.to(), report(window.from(), one));
            expect(name, one.alarm(), alarms);
        }
    }

    private static List<Object> report(long from, FeatureDrift drift) {
        DriftReading reading = drift.reading();
        List<Object> report = new ArrayList<>(List.of(from, reading.samples()));
        for (double number :
                new double[] {
                    reading.effectiveSamples(),
                    drift.recent().count() == 0 ? Double.NaN : drift.recent().mean(),
                    drift.recent().std(),
                    reading.meanDeviation(),
                    reading.stdDeviation(),
                    reading.missingRateChange(),
                    reading.psi(),
                    reading.psiThreshold(),
                    reading.pValue(),
                    reading.jensenShannon(),
                    reading.kolmogorovSmirnov(),
                    reading.wasserstein()
                }) {
            report.add(Double.isFinite(number) ? number : "none");
        }
        report.add(drift.drift());
        report.add(Arrays.toString(drift.counts()));
        return report;
    }

    private static String reportQuery() {
        return """
               SELECT symbol || ' ' || feature || '@' || %s, %s, samples, effective_samples,
                   recent_mean, recent_std, mean_deviation_ratio, std_deviation_ratio,
                   missing_rate_change, psi, psi_threshold, p_value, jensen_shannon,
                   kolmogorov_smirnov, wasserstein, drift,
                   '[' || array_to_string(counts, ', ') || ']'
               FROM drift_report
               """
                .formatted(micros("window_end"), micros("window_start"));
    }

    private static void expect(String name, DriftAlarm alarm, Map<String, List<Object>> alarms) {
        if (alarm.isOpen() || alarm.isClosed()) {
            alarms.put(
                    name + "@" + alarm.openedMicros(),
                    List.of(
                            alarm.lastMicros(),
                            alarm.windows(),
                            alarm.worstPsi(),
                            alarm.muted(),
                            alarm.isClosed() ? alarm.closedMicros() : "none"));
        }
    }

    private static String alarmQuery() {
        return """
               SELECT symbol || ' ' || feature || '@' || %s, %s, windows, worst_psi, muted, %s
               FROM drift_alarm
               """
                .formatted(micros("opened_window"), micros("last_window"), micros("closed_window"));
    }

    private static String micros(String time) {
        return "(extract(epoch FROM %s) * 1000000)::bigint".formatted(time);
    }

    private static Map<String, List<Object>> byKey(List<List<Object>> rows) {
        Map<String, List<Object>> byKey = new TreeMap<>();
        rows.forEach(row -> byKey.put((String) row.get(0), row.subList(1, row.size())));
        return byKey;
    }

    private List<List<Object>> query(String sql) throws SQLException {
        List<List<Object>> rows = new ArrayList<>();
        try (Connection session = DriverManager.getConnection(databaseUrl);
                Statement statement = session.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    Object value = found.getObject(i);
                    row.add(value == null ? "none" : value);
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
