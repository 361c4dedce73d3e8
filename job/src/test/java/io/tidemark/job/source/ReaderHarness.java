package io.tidemark.job.source;

import io.tidemark.schemas.event.Inbound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.UserCodeClassLoader;

/** Drives one reader as its task would, on the test's own thread. */
final class ReaderHarness implements AutoCloseable {
    private static final long LIMIT_NANOS = Duration.ofSeconds(30).toNanos();

    final List<Inbound> records = new ArrayList<>();
    final List<Long> watermarks = new ArrayList<>();
    final List<SourceEvent> told = new ArrayList<>();
    private final QueueReader reader;
    private final Output output = new Output();

    ReaderHarness(
            BrokerConnection broker, SourceSettings settings, int readers, List<QueueSplit> its) {
        reader = new QueueReader(new Context(readers), broker, settings, 1_000);
        reader.addSplits(its);
        reader.start();
    }

    /** Polls until it holds; fails after half a minute. */
    void until(BooleanSupplier condition) throws Exception {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "not within 30 s: %d records, watermarks %s"
                                .formatted(records.size(), watermarks));
            }
            poll();
        }
    }

    /** Polls until nothing has come for that long. */
    void untilQuietFor(Duration silence) throws Exception {
        long quietAt = System.nanoTime() + silence.toNanos();
        int seen = records.size();
        while (System.nanoTime() < quietAt) {
            poll();
            if (records.size() > seen) {
                seen = records.size();
                quietAt = System.nanoTime() + silence.toNanos();
            }
        }
    }

    private void poll() throws Exception {
        switch (reader.pollNext(output)) {
            case MORE_AVAILABLE -> {}
            case NOTHING_AVAILABLE -> {
                if (!reader.isAvailable().isDone()) {
                    Thread.sleep(1);
                }
            }
            default -> throw new AssertionError("the queues have no end");
        }
    }

    List<QueueSplit> checkpoint(long id) {
        return reader.snapshotState(id);
    }

    void complete(long id) throws Exception {
        reader.notifyCheckpointComplete(id);
    }

    void tell(SourceEvent event) {
        reader.handleSourceEvents(event);
    }

    @Override
    public void close() {
        reader.close();
    }

    private final class Output implements ReaderOutput<Inbound> {
        @Override
        public void collect(Inbound record) {
            records.add(record);
        }

        @Override
        public void collect(Inbound record, long timestamp) {
            records.add(record);
        }

        @Override
        public void emitWatermark(Watermark watermark) {
            watermarks.add(watermark.getTimestamp());
        }

        @Override
        public void markIdle() {
            throw new AssertionError("no queue is ever idle");
        }

        @Override
        public void markActive() {}

        @Override
        public SourceOutput<Inbound> createOutputForSplit(String split) {
            throw new AssertionError("the reader merges its queues itself");
        }

        @Override
        public void releaseOutputForSplit(String split) {}
    }

    private final class Context implements SourceReaderContext {
        private final int readers;

        Context(int readers) {
            this.readers = readers;
        }

        @Override
        public SourceReaderMetricGroup metricGroup() {
            return UnregisteredMetricsGroup.createSourceReaderMetricGroup();
        }

        @Override
        public Configuration getConfiguration() {
            return new Configuration();
        }

        @Override
        public String getLocalHostName() {
            return "localhost";
        }

        @Override
        public int getIndexOfSubtask() {
            return 0;
        }

        @Override
        public int currentParallelism() {
            return readers;
        }

        @Override
        public void sendSplitRequest() {
            throw new AssertionError("readers do not ask for queues");
        }

        @Override
        public void sendSourceEventToCoordinator(SourceEvent event) {
            told.add(event);
        }

        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            throw new AssertionError("not used");
        }
    }
}
