package io.tidemark.job.serving;

import io.tidemark.job.drift.ModelBaselines;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks in a thread of its own, so that a store that does not answer holds up no checkpoint. While
 * it does not, the job goes on with the baselines it has.
 */
final class BaselineReader implements SourceReader<ModelBaselines, BaselineSource.NoSplit> {
    private static final Logger LOG = LoggerFactory.getLogger(BaselineReader.class);

    private final StoredBaselines stored;
    private final Duration every;
    private final Counter failures;
    private final ScheduledExecutorService thread;
    private final Object lock = new Object();

    private CompletableFuture<Void> available = new CompletableFuture<>();
    private @Nullable ModelBaselines next;

    /** Of the asking thread alone. */
    private ModelBaselines newest = ModelBaselines.NONE;

    private boolean failing;

    BaselineReader(StoredBaselines stored, Duration every, MetricGroup metrics) {
        this.stored = stored;
        this.every = every;
        this.failures = metrics.counter("baselinePollFailures");
        this.thread =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread asking = new Thread(task, "model-baselines");
                            asking.setDaemon(true);
                            return asking;
                        });
    }

    @Override
    public void start() {
        var unused =
                thread.scheduleWithFixedDelay(
                        this::ask, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void ask() {
        try {
            ModelBaselines active = stored.active(newest);
            failing = false;
            if (!active.equals(newest)) {
                newest = active;
                synchronized (lock) {
                    next = active;
                    available.complete(null);
                }
                LOG.info("rows are held to {}", active);
            }
        } catch (IOException | RuntimeException e) {
            failures.inc();
            if (!failing && !thread.isShutdown()) {
                LOG.warn(
                        "the active model's baselines cannot be read, asking again: {}",
                        e.toString());
            }
            failing = true;
        }
    }

    @Override
    public InputStatus pollNext(ReaderOutput<ModelBaselines> output) {
        ModelBaselines one;
        synchronized (lock) {
            one = next;
            next = null;
            available = new CompletableFuture<>();
        }
        if (one != null) {
            output.collect(one);
        }
        return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        synchronized (lock) {
            return available;
        }
    }

    @Override
    public List<BaselineSource.NoSplit> snapshotState(long checkpoint) {
        return List.of();
    }

    @Override
    public void addSplits(List<BaselineSource.NoSplit> splits) {}

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() throws IOException {
        thread.shutdownNow();
        // The connection is the thread's: one that waits for the store ends with its timeout.
        try {
            if (thread.awaitTermination(5, TimeUnit.SECONDS)) {
                stored.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
