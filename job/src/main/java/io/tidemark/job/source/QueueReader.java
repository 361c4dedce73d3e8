package io.tidemark.job.source;

import io.tidemark.schemas.event.Inbound;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.RejectedMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads its queues in the order in which messages come off the socket: drops what a restored
 * checkpoint holds, gives records their event time and the stream the watermarks of its slowest
 * queue. All calls by the task's thread; nothing here waits for the broker once a queue is open.
 */
final class QueueReader implements SourceReader<Inbound, QueueSplit> {
    private static final Logger LOG = LoggerFactory.getLogger(QueueReader.class);

    private final SourceReaderContext context;
    private final BrokerConnection broker;
    private final SourceSettings settings;
    private final long stepMillis;
    private final Inbox inbox = new Inbox();
    private final ReadProgress progress;
    private final List<OpenQueue> queues = new CopyOnWriteArrayList<>();
    private final SourceMetrics metrics;

    private @Nullable BrokerSession session;
    private ArrayDeque<Arrival> arrived = new ArrayDeque<>();
    private final long begunNanos = System.nanoTime();
    private long watermark = EventClock.NONE;

    QueueReader(
            SourceReaderContext context,
            BrokerConnection broker,
            SourceSettings settings,
            long stepMillis) {
        this.context = context;
        this.broker = broker;
        this.settings = settings;
        this.stepMillis = stepMillis;
        this.progress =
                new ReadProgress(
                        new EventClock(stepMillis, settings.lateness().toMillis()),
                        settings.quietAfter().toNanos(),
                        System.nanoTime());
        this.metrics = new SourceMetrics(context.metricGroup(), queues, inbox);
    }

    @Override
    public void start() {}

    @Override
    public void addSplits(List<QueueSplit> splits) {
        for (QueueSplit split : splits) {
            try {
                session()
                        .read(split, metrics.of(split), this::millis)
                        .ifPresentOrElse(this::begin, () -> leave(split));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read queue " + split.queue(), e);
            }
        }
    }

    private void begin(OpenQueue queue) {
        queues.add(queue);
        metrics.register(queue);
    }

    private static void leave(QueueSplit split) {
        LOG.info("queue {} was deleted and is read no more", split.queue());
    }

    /** Since the reader was made: a clock of the machine may be set at any time. */
    private long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNanos);
    }

    /** Made when the first queue is to be read: a reader may have none. */
    private BrokerSession session() {
        if (session == null) {
            session =
                    new BrokerSession(
                            broker,
                            settings,
                            stepMillis,
                            inbox,
                            progress,
                            "tidemark-source-" + context.getIndexOfSubtask());
        }
        return session;
    }

    @Override
    public InputStatus pollNext(ReaderOutput<Inbound> out) throws IOException {
        if (arrived.isEmpty()) {
            arrived = inbox.takeAll(arrived);
        }
        Arrival next = arrived.poll();
        if (next instanceof Arrival.Delivery delivery) {
            emit(delivery, out);
        } else if (next instanceof Arrival.Reached reached) {
            advance(reached.queue(), reached.eventMillis(), out);
        }
        // When nothing is left, the future says when there is more; it may be done already.
        return arrived.isEmpty() ? InputStatus.NOTHING_AVAILABLE : InputStatus.MORE_AVAILABLE;
    }

    private void emit(Arrival.Delivery delivery, ReaderOutput<Inbound> out) {
        long now = System.nanoTime();
        OpenQueue queue = delivery.queue();
        if (!queue.take(delivery)) {
            metrics.redelivered();
            progress.heard(now);
        } else if (delivery.record() instanceof RejectedMessage rejected) {
            progress.heard(now);
            out.collect(rejected);
        } else {
            MarketEvent event = (MarketEvent) delivery.record();
            long eventMillis = Math.floorDiv(event.eventTimeMicros(), 1_000L);
            out.collect(event, eventMillis);
            progress.read(eventMillis, now);
            advance(queue, eventMillis, out);
            tellOthers(now);
        }
    }

    private void advance(OpenQueue queue, long eventMillis, ReaderOutput<Inbound> out) {
        if (!queue.clock().reach(eventMillis)) {
            return;
        }
        long slowest = Long.MAX_VALUE;
        for (OpenQueue one : queues) {
            slowest = Math.min(slowest, one.clock().watermark());
        }
        if (slowest > watermark) {
            watermark = slowest;
            metrics.announced(slowest);
            out.emitWatermark(new Watermark(slowest));
        }
    }

    private void tellOthers(long nowNanos) {
        if (context.currentParallelism() > 1 && progress.isDue(nowNanos)) {
            context.sendSourceEventToCoordinator(new ReadUpTo(progress.newestMillis()));
        }
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (event instanceof ReadUpTo other) {
            progress.readElsewhere(other.newestMillis(), System.nanoTime());
        }
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return arrived.isEmpty() ? inbox.available() : CompletableFuture.completedFuture(null);
    }

    @Override
    public List<QueueSplit> snapshotState(long checkpointId) {
        long now = millis();
        return queues.stream().map(queue -> queue.snapshot(checkpointId, now)).toList();
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        queues.forEach(queue -> queue.unacknowledged().completed(checkpointId));
    }

    /** Queues have no end. */
    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {
        inbox.close();
        if (session != null) {
            session.close();
        }
    }
}
