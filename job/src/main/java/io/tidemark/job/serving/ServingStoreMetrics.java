package io.tidemark.job.serving;

import io.tidemark.features.engine.FeatureRow;
import java.util.Collection;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * What the serving store's writer tells: {@code servingRows} and {@code servingRetries} (counts),
 * {@code servingFlushMicros} (from sending a batch to its commit) and {@code eventToRowMillis}
 * (from a row's grid time to its commit, by this machine's clock). Percentiles are over the last
 * 1000.
 */
final class ServingStoreMetrics {
    private static final int WINDOW = 1000;

    private final Counter rows;
    private final Counter retries;
    private final Histogram flushMicros;
    private final Histogram eventToRowMillis;

    ServingStoreMetrics(MetricGroup group) {
        rows = group.counter("servingRows");
        retries = group.counter("servingRetries");
        flushMicros =
                group.histogram("servingFlushMicros", new DescriptiveStatisticsHistogram(WINDOW));
        eventToRowMillis =
                group.histogram("eventToRowMillis", new DescriptiveStatisticsHistogram(WINDOW));
    }

    void committed(Collection<FeatureRow> committed, long nanos) {
        rows.inc(committed.size());
        flushMicros.update(nanos / 1000);
        long nowMicros = System.currentTimeMillis() * 1000;
        for (FeatureRow row : committed) {
            eventToRowMillis.update((nowMicros - row.gridTimeMicros()) / 1000);
        }
    }

    void retried() {
        retries.inc();
    }
}
