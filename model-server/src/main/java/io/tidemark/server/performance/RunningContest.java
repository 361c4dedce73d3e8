package io.tidemark.server.performance;

import io.tidemark.features.sequential.LossComparison;
import io.tidemark.features.sequential.PairedLosses;
import io.tidemark.features.sequential.Verdict;
import io.tidemark.server.models.ModelPackage;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The comparison of one rival with one champion, as far as it has come. Each look takes the periods
 * that are settled since the last: whole, and with their outcomes stored. Not thread-safe.
 */
final class RunningContest {
    /** After an outcome could be known it is given so long to be stored. */
    private static final long SETTLING_MICROS = 60_000_000;

    private static final long AT_A_TIME_MICROS = 3_600_000_000L;

    private final long champion;
    private final long rival;
    private final String role;
    private final Instant since;
    private final ForetoldLabels.Foretold foretold;
    private final ForetoldLabels.Foretold foretoldByRival;
    private final LossComparison comparison;
    private final long periodMicros;
    private LossComparison.State state = LossComparison.State.EMPTY;
    private long nextMicros;
    private long rows;

    RunningContest(
            long champion,
            long rival,
            String role,
            Instant since,
            ForetoldLabels.Foretold foretold,
            ForetoldLabels.Foretold foretoldByRival,
            LossComparison comparison) {
        this.champion = champion;
        this.rival = rival;
        this.role = role;
        this.since = since;
        this.foretold = foretold;
        this.foretoldByRival = foretoldByRival;
        this.comparison = comparison;
        periodMicros = 2 * foretold.reachMicros();
        nextMicros = -1;
    }

    /** Takes what is settled by now, an hour of it at a time. */
    void look(Jdbi reads, Instant now) {
        long end = ChronoUnit.MICROS.between(Instant.EPOCH, now);
        end = floor(end - foretold.reachMicros() - SETTLING_MICROS);
        try (Handle handle = reads.open()) {
            ContestSql sql = handle.attach(ContestSql.class);
            if (nextMicros < 0) {
                OptionalLong first = first(sql);
                if (first.isEmpty()) {
                    return;
                }
                nextMicros = floor(first.getAsLong());
            }
            long step = Math.max(periodMicros, floor(AT_A_TIME_MICROS));
            while (nextMicros < end) {
                long to = Math.min(end, nextMicros + step);
                take(sql, to);
                nextMicros = to;
            }
        }
    }

    private OptionalLong first(ContestSql sql) {
        return sql.firstRow(rival, since.atOffset(ZoneOffset.UTC))
                .map(
                        time ->
                                OptionalLong.of(
                                        ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant())))
                .orElse(OptionalLong.empty());
    }

    private long floor(long micros) {
        return Math.floorDiv(micros, periodMicros) * periodMicros;
    }

    private void take(ContestSql sql, long toMicros) {
        PairedLosses losses = new PairedLosses(foretold.reachMicros());
        for (ContestSql.Pair pair :
                sql.pairs(
                        champion,
                        rival,
                        since.atOffset(ZoneOffset.UTC),
                        time(nextMicros),
                        time(toMicros),
                        foretold.text())) {
            if (LivePerformance.isForeseen(foretold.label(), pair.outcome())
                    && LivePerformance.isForeseen(foretoldByRival.label(), pair.outcome())) {
                rows++;
                losses.row(
                        ChronoUnit.MICROS.between(Instant.EPOCH, pair.featureTime()),
                        loss(foretold.label(), pair.champion(), pair.outcome()),
                        loss(foretoldByRival.label(), pair.rival(), pair.outcome()));
            }
        }
        losses.closeThrough(toMicros);
        for (double difference : losses.differences()) {
            state = comparison.observe(state, difference);
        }
    }

    private static OffsetDateTime time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    /** Half the Brier score over the classes: 0 to 1. */
    private static double loss(ModelPackage.Label label, double[] output, double outcome) {
        double[] shares = LivePerformance.probabilities(label, output);
        int truth = LivePerformance.position(label, outcome);
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            double miss = shares[i] - (i == truth ? 1 : 0);
            sum += miss * miss;
        }
        return Math.min(1, sum / 2);
    }

    /** JSON has no infinity. */
    private static double capital(double log) {
        return Math.exp(Math.min(log, 690));
    }

    boolean isBetter() {
        return state.verdict() == Verdict.BETTER;
    }

    /** As it is now. */
    Contest told() {
        return new Contest(
                "v" + champion,
                "v" + rival,
                role,
                since.toString(),
                rows,
                state.count(),
                state.mean(),
                capital(state.logBetter()),
                capital(state.logWorse()),
                state.verdict().name().toLowerCase(Locale.ROOT));
    }
}
