package io.tidemark.job.serving;

import io.tidemark.job.drift.ModelBaselines;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The baselines of the active model, asked for in the store every so often and sent when they
 * changed. For one task. It keeps no state: after a restart they are sent again. There is nothing
 * to be split, so its enumerator gives nothing out.
 */
public final class BaselineSource
        implements Source<ModelBaselines, BaselineSource.NoSplit, Integer> {
    private static final long serialVersionUID = 1L;

    private final ServingStoreSettings store;
    private final Duration every;

    public BaselineSource(ServingStoreSettings store, Duration every) {
        this.store = store;
        this.every = every;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<ModelBaselines, NoSplit> createReader(SourceReaderContext context) {
        return new BaselineReader(new StoredBaselines(store), every, context.metricGroup());
    }

    @Override
    public SplitEnumerator<NoSplit, Integer> createEnumerator(
            SplitEnumeratorContext<NoSplit> context) {
        return new NothingToGive();
    }

    @Override
    public SplitEnumerator<NoSplit, Integer> restoreEnumerator(
            SplitEnumeratorContext<NoSplit> context, Integer checkpoint) {
        return new NothingToGive();
    }

    @Override
    public SimpleVersionedSerializer<NoSplit> getSplitSerializer() {
        return new Nothing<>(new NoSplit());
    }

    @Override
    public SimpleVersionedSerializer<Integer> getEnumeratorCheckpointSerializer() {
        return new Nothing<>(0);
    }

    /** Flink wants one to be named. */
    public static final class NoSplit implements SourceSplit {
        @Override
        public String splitId() {
            return "none";
        }
    }

    private record Nothing<T>(T value) implements SimpleVersionedSerializer<T> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(T any) {
            return new byte[0];
        }

        @Override
        public T deserialize(int version, byte[] bytes) {
            return value;
        }
    }

    private static final class NothingToGive implements SplitEnumerator<NoSplit, Integer> {
        @Override
        public void start() {}

        @Override
        public void handleSplitRequest(int subtask, @Nullable String host) {}

        @Override
        public void addSplitsBack(List<NoSplit> splits, int subtask) {}

        @Override
        public void addReader(int subtask) {}

        @Override
        public Integer snapshotState(long checkpoint) {
            return 0;
        }

        @Override
        public void close() throws IOException {}
    }
}
