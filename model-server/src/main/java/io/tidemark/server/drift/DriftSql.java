package io.tidemark.server.drift;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Every statement of the server on {@code drift_report} and {@code drift_alarm}. Schema: V007. */
@RegisterConstructorMapper(StoredDrift.class)
@RegisterConstructorMapper(StoredAlarm.class)
interface DriftSql {
    @SqlQuery("SELECT version FROM model_activation ORDER BY number DESC LIMIT 1")
    Optional<Long> activeVersion();

    /** Those the version was trained on. */
    @SqlQuery("SELECT DISTINCT symbol FROM drift_baseline WHERE version = :version ORDER BY symbol")
    List<String> symbols(@Bind("version") long version);

    /** The features of a symbol's newest window, in the model's order; one key lookup each. */
    @SqlQuery(
            """
            SELECT r.version, r.symbol, r.feature, r.window_start, r.window_end, r.samples,
                   r.effective_samples, r.recent_mean, r.recent_std, r.mean_deviation_ratio,
                   r.std_deviation_ratio, r.missing_rate_change, r.psi, r.psi_threshold, r.p_value,
                   r.jensen_shannon, r.kolmogorov_smirnov, r.wasserstein, r.drift, r.counts,
                   b.edges, b.counts AS baseline_counts, b.finite_values, b.mean, b.squares
            FROM drift_report r
            JOIN drift_baseline b USING (version, symbol, feature)
            WHERE r.version = :version AND r.symbol = :symbol
                AND r.window_end = (SELECT max(window_end) FROM drift_report
                                    WHERE version = :version AND symbol = :symbol)
            ORDER BY b.position
            """)
    List<StoredDrift> newest(@Bind("version") long version, @Bind("symbol") String symbol);

    /** Newest first, of one number or of all. */
    @SqlQuery(
            """
            SELECT number, version, symbol, feature, opened_window, last_window, windows, worst_psi,
                   muted, closed_window, acknowledged_by, acknowledged_at, comment,
                   version = (SELECT version FROM model_activation ORDER BY number DESC LIMIT 1)
                       AS active
            FROM drift_alarm
            WHERE (CAST(:number AS bigint) IS NULL OR number = :number)
                AND (CAST(:symbol AS text) IS NULL OR symbol = :symbol)
            ORDER BY number DESC
            LIMIT :limit
            """)
    List<StoredAlarm> alarms(
            @Bind("number") @Nullable Long number,
            @Bind("symbol") @Nullable String symbol,
            @Bind("limit") long limit);

    /**
     * The first who acknowledges is kept; 0 when somebody did, or it is closed, or there is none.
     */
    @SqlUpdate(
            """
            UPDATE drift_alarm
            SET acknowledged_by = :by, acknowledged_at = clock_timestamp(), comment = :comment
            WHERE number = :number AND acknowledged_by IS NULL AND closed_window IS NULL
            """)
    int acknowledge(
            @Bind("number") long number,
            @Bind("by") String by,
            @Bind("comment") @Nullable String comment);
}
