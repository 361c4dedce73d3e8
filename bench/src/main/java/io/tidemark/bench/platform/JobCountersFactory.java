package io.tidemark.bench.platform;

import java.util.Properties;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Makes {@link JobCounters}; found by Flink through {@code META-INF/services}. */
public final class JobCountersFactory implements MetricReporterFactory {
    @Override
    public MetricReporter createMetricReporter(Properties properties) {
        return new JobCounters();
    }
}
