package io.tidemark.job.serving;

import io.tidemark.features.engine.FeatureRow;
import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * Upserts feature rows into the serving store, one connection a subtask. Exactly once in effect:
 * rows are pure and the key is theirs, so what is written twice is written once. No two-phase
 * commit, so a row is readable a few milliseconds after its watermark, not at the next checkpoint.
 */
public final class ServingStoreSink implements Sink<FeatureRow> {
    private static final long serialVersionUID = 1L;

    private final ServingStoreSettings settings;
    private final RegistryVersion version;

    /** A sink that makes the version known to the store before the first row. */
    public ServingStoreSink(ServingStoreSettings settings, RegistryVersion version) {
        this.settings = settings;
        this.version = version;
    }

    @Override
    public SinkWriter<FeatureRow> createWriter(WriterInitContext context) throws IOException {
        String applicationName =
                "tidemark-serving-" + context.getTaskInfo().getIndexOfThisSubtask();
        try {
            return new ServingStoreWriter(
                    settings,
                    version,
                    applicationName,
                    new ServingStoreMetrics(context.metricGroup()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FlinkRuntimeException("interrupted while connecting to " + settings, e);
        }
    }

    /**
     * Flink 1.20 asks through the other method only.
     *
     * @deprecated as in Flink
     */
    @Deprecated
    @Override
    public SinkWriter<FeatureRow> createWriter(InitContext context) {
        throw new UnsupportedOperationException("Flink 1.20 calls createWriter(WriterInitContext)");
    }
}
