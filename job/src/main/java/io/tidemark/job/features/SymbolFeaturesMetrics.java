package io.tidemark.job.features;

import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * What the operator shows: accepted, late, duplicates, bookGaps, bookMismatches, rows (counters);
 * watermarkLagMillis, activeSymbols, heapEngines, heapEventBytes (gauges); rowDelayMillis, the
 * wall-clock time from a row's grid time to its emission (histogram over the last 10,000 rows).
 */
final class SymbolFeaturesMetrics {
    private static final int HISTOGRAM_ROWS = 10_000;

    private final Counter accepted;
    private final Counter late;
    private final Counter duplicates;
    private final Counter bookGaps;
    private final Counter bookMismatches;
    private final Counter rows;
    private final Histogram rowDelayMillis;

    SymbolFeaturesMetrics(
            MetricGroup group,
            LongSupplier watermark,
            IntSupplier symbols,
            IntSupplier heapEngines,
            LongSupplier heapEventBytes) {
        accepted = group.counter("accepted");
        late = group.counter("late");
        duplicates = group.counter("duplicates");
        bookGaps = group.counter("bookGaps");
        bookMismatches = group.counter("bookMismatches");
        rows = group.counter("rows");
        rowDelayMillis =
                group.histogram(
                        "rowDelayMillis", new DescriptiveStatisticsHistogram(HISTOGRAM_ROWS));
        group.gauge("watermarkLagMillis", () -> lagOf(watermark.getAsLong()));
        group.gauge("activeSymbols", symbols::getAsInt);
        group.gauge("heapEngines", heapEngines::getAsInt);
        group.gauge("heapEventBytes", heapEventBytes::getAsLong);
    }

    private static long lagOf(long watermark) {
        return watermark == Long.MIN_VALUE ? -1 : System.currentTimeMillis() - watermark;
    }

    void accepted() {
        accepted.inc();
    }

    void late() {
        late.inc();
    }

    void duplicate() {
        duplicates.inc();
    }

    void bookGap() {
        bookGaps.inc();
    }

    void bookMismatch() {
        bookMismatches.inc();
    }

    void row(long gridTimeMicros) {
        rows.inc();
        rowDelayMillis.update(System.currentTimeMillis() - gridTimeMicros / 1_000);
    }
}
