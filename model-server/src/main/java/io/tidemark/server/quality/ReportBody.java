package io.tidemark.server.quality;

import io.tidemark.features.quality.Finding;
import io.tidemark.features.quality.QualityReport;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** The answer of {@code GET /data-quality/report}. */
record ReportBody(
        String symbol,
        String periodStart,
        String periodEnd,
        long messages,
        double missingRate,
        double anomalyRate,
        long sequenceGaps,
        long missingMessages,
        long desynchronizationEvents,
        double outOfOrderShare,
        long duplicates,
        long late,
        long rejected,
        Latency latencyPercentiles,
        List<Detail> anomalyDetails,
        List<Detail> sequenceGapDetails,
        List<String> recommendations,
        String servedAt,
        String requestId) {

    /** Milliseconds from event to receipt. */
    record Latency(double p50Ms, double p90Ms, double p99Ms, double p999Ms) {}

    /** What is wrong from when to when. */
    record Detail(String kind, String type, String from, String to, long count, double worst) {
        static Detail of(Finding one) {
            return new Detail(
                    one.kind().name().toLowerCase(Locale.ROOT),
                    one.type().wireName(),
                    time(one.beginMicros()),
                    time(one.endMicros()),
                    one.count(),
                    one.worst());
        }
    }

    static ReportBody of(QualityReport report, Instant servedAt, String requestId) {
        List<Long> latency = report.latencyMicros();
        return new ReportBody(
                report.symbol(),
                time(report.fromMicros()),
                time(report.toMicros()),
                report.messages(),
                report.missingRate(),
                report.anomalyRate(),
                report.sequenceGaps(),
                report.missingMessages(),
                report.desynchronizationEvents(),
                report.outOfOrderShare(),
                report.duplicates(),
                report.late(),
                report.rejected(),
                new Latency(
                        latency.get(0) / 1e3,
                        latency.get(1) / 1e3,
                        latency.get(2) / 1e3,
                        latency.get(3) / 1e3),
                details(report, false),
                details(report, true),
                report.recommendations(),
                servedAt.toString(),
                requestId);
    }

    private static List<Detail> details(QualityReport report, boolean gaps) {
        return report.findings().stream()
                .filter(one -> (one.kind() == Finding.Kind.SEQUENCE_GAP) == gaps)
                .map(Detail::of)
                .toList();
    }

    private static String time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }
}
