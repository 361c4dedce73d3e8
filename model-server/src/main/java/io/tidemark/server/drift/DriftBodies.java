package io.tidemark.server.drift;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is answered; null is absent. */
final class DriftBodies {
    private DriftBodies() {}

    /**
     * @param details by feature; of several symbols the surest drift
     */
    record Report(
            String status,
            @Nullable String modelVersion,
            double threshold,
            List<Window> windows,
            Map<String, Detail> details,
            String requestId) {}

    /** A symbol's newest window. */
    record Window(String symbol, String windowStart, String windowEnd, String status) {}

    /** One feature, as dashboards know it and calibrated. */
    record Detail(
            String symbol,
            double baselineMean,
            @Nullable Double baselineStd,
            @Nullable Double recentMean,
            @Nullable Double recentStd,
            @Nullable Double meanDeviationRatio,
            @Nullable Double stdDeviationRatio,
            boolean ratioExceeded,
            @Nullable Double psi,
            @Nullable Double psiThreshold,
            @Nullable Double pValue,
            @Nullable Double jensenShannon,
            @Nullable Double kolmogorovSmirnov,
            @Nullable Double wasserstein,
            @Nullable Double missingRateChange,
            boolean drift,
            long samples,
            @Nullable Double effectiveSamples) {
        static Detail of(StoredDrift one, boolean drift, double threshold) {
            return new Detail(
                    one.symbol(),
                    one.mean(),
                    one.baselineStd(),
                    one.recentMean(),
                    one.recentStd(),
                    one.meanDeviationRatio(),
                    one.stdDeviationRatio(),
                    one.exceeds(threshold),
                    one.psi(),
                    one.psiThreshold(),
                    one.pValue(),
                    one.jensenShannon(),
                    one.kolmogorovSmirnov(),
                    one.wasserstein(),
                    one.missingRateChange(),
                    drift,
                    one.samples(),
                    one.effectiveSamples());
        }
    }

    record Histograms(
            String symbol,
            String modelVersion,
            @Nullable String windowStart,
            @Nullable String windowEnd,
            Map<String, Histogram> features,
            String requestId) {}

    /** Counts of bins between edges, open at both ends; that of undefined values last. */
    record Histogram(List<Double> edges, List<Long> baseline, List<Long> recent) {}

    record Alarms(List<Alarm> alarms, String requestId) {}

    record Acknowledged(Alarm alarm, String requestId) {}

    record Alarm(
            long id,
            String state,
            String modelVersion,
            String symbol,
            String feature,
            String openedAt,
            String lastAt,
            long windows,
            double worstPsi,
            boolean muted,
            @Nullable String closedAt,
            @Nullable String acknowledgedBy,
            @Nullable String acknowledgedAt,
            @Nullable String comment) {
        static Alarm of(StoredAlarm one) {
            return new Alarm(
                    one.number(),
                    one.state(),
                    "v" + one.version(),
                    one.symbol(),
                    one.feature(),
                    time(one.openedWindow()),
                    time(one.lastWindow()),
                    one.windows(),
                    one.worstPsi(),
                    one.muted(),
                    one.closedWindow() == null ? null : time(one.closedWindow()),
                    one.acknowledgedBy(),
                    one.acknowledgedAt() == null ? null : time(one.acknowledgedAt()),
                    one.comment());
        }
    }

    static String time(OffsetDateTime time) {
        return time.toInstant().toString();
    }
}
