package io.tidemark.job.serving;

import io.tidemark.features.drift.DriftAlarm;
import io.tidemark.features.drift.DriftReading;
import io.tidemark.features.drift.FeatureDrift;
import io.tidemark.job.drift.DriftReport;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.Collection;

/**
 * One connection to the serving store and every statement the job sends about drift over it.
 * Schema: {@code db/migration/V007}. For one thread; after an {@link SQLException} only {@link
 * #close} is useful.
 */
final class DriftConnection implements StoreSession.Statements {
    private static final String REPORT =
            """
            INSERT INTO drift_report (version, symbol, window_end, feature, window_start, samples,
                                      effective_samples, recent_mean, recent_std,
                                      mean_deviation_ratio, std_deviation_ratio,
                                      missing_rate_change, psi, psi_threshold, p_value,
                                      jensen_shannon, kolmogorov_smirnov, wasserstein, drift, counts)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (version, symbol, window_end, feature) DO NOTHING
            """;

    /** An alarm only goes forward: a report written again tells nothing new. */
    private static final String ALARM =
            """
            INSERT INTO drift_alarm AS a (version, symbol, feature, opened_window, last_window,
                                          windows, worst_psi, muted, closed_window)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (version, symbol, feature, opened_window) DO UPDATE
            SET last_window = GREATEST(a.last_window, EXCLUDED.last_window),
                windows = GREATEST(a.windows, EXCLUDED.windows),
                worst_psi = GREATEST(a.worst_psi, EXCLUDED.worst_psi),
                closed_window = COALESCE(EXCLUDED.closed_window, a.closed_window)
            """;

    private final Connection connection;
    private final PreparedStatement report;
    private final PreparedStatement alarm;

    private DriftConnection(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        report = connection.prepareStatement(REPORT);
        alarm = connection.prepareStatement(ALARM);
    }

    /** Connects; leaves no connection behind when that fails. */
    static DriftConnection open(ServingStoreSettings settings) throws SQLException {
        Connection connection = StoreSession.connect(settings, "tidemark-drift");
        try {
            return new DriftConnection(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Writes the reports and their alarms, in that order, all or none; committed on return. */
    void write(Collection<DriftReport> reports) throws SQLException {
        for (DriftReport one : reports) {
            for (int at = 0; at < one.names().size(); at++) {
                add(one, one.names().get(at), one.features().get(at));
            }
        }
        report.executeBatch();
        for (DriftReport one : reports) {
            for (int at = 0; at < one.names().size(); at++) {
                addAlarm(one, one.names().get(at), one.features().get(at).alarm());
            }
            // A statement of many rows may have an alarm once.
            alarm.executeBatch();
        }
        connection.commit();
    }

    private void add(DriftReport of, String feature, FeatureDrift drift) throws SQLException {
        DriftReading reading = drift.reading();
        report.setLong(1, of.version());
        report.setString(2, of.symbol());
        report.setObject(3, StoreTime.of(of.endMicros()));
        report.setString(4, feature);
        report.setObject(5, StoreTime.of(of.startMicros()));
        report.setLong(6, reading.samples());
        number(7, reading.effectiveSamples());
        number(8, drift.recent().count() == 0 ? Double.NaN : drift.recent().mean());
        number(9, drift.recent().std());
        number(10, reading.meanDeviation());
        number(11, reading.stdDeviation());
        number(12, reading.missingRateChange());
        number(13, reading.psi());
        number(14, reading.psiThreshold());
        number(15, reading.pValue());
        number(16, reading.jensenShannon());
        number(17, reading.kolmogorovSmirnov());
        number(18, reading.wasserstein());
        report.setBoolean(19, drift.drift());
        Object[] counts = Arrays.stream(drift.counts()).boxed().toArray();
        report.setArray(20, connection.createArrayOf("bigint", counts));
        report.addBatch();
    }

    private void number(int at, double value) throws SQLException {
        if (Double.isFinite(value)) {
            report.setDouble(at, value);
        } else {
            report.setNull(at, Types.DOUBLE);
        }
    }

    private void addAlarm(DriftReport of, String feature, DriftAlarm one) throws SQLException {
        if (!one.isOpen() && !one.isClosed()) {
            return;
        }
        alarm.setLong(1, of.version());
        alarm.setString(2, of.symbol());
        alarm.setString(3, feature);
        alarm.setObject(4, StoreTime.of(one.openedMicros()));
        alarm.setObject(5, StoreTime.of(one.lastMicros()));
        alarm.setLong(6, one.windows());
        alarm.setDouble(7, one.worstPsi());
        alarm.setBoolean(8, one.muted());
        if (one.isClosed()) {
            alarm.setObject(9, StoreTime.of(one.closedMicros()));
        } else {
            alarm.setNull(9, Types.TIMESTAMP_WITH_TIMEZONE);
        }
        alarm.addBatch();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
