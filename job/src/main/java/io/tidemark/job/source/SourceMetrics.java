package io.tidemark.job.source;

import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;

/** What a reader shows: of itself, and of each queue in a group named after it. */
final class SourceMetrics {
    private final SourceReaderMetricGroup group;
    private final Counter redelivered;
    private volatile long watermark = EventClock.NONE;

    /**
     * @param queues the reader's queues; read by the metrics' own thread when it is asked
     */
    SourceMetrics(SourceReaderMetricGroup group, List<OpenQueue> queues, Inbox inbox) {
        this.group = group;
        this.redelivered = group.counter("redelivered");
        group.setPendingRecordsGauge(() -> backlog(queues));
        group.gauge("inbox", (Gauge<Integer>) inbox::size);
        group.gauge("watermarkLagMillis", (Gauge<Long>) this::watermarkLagMillis);
    }

    private static long backlog(List<OpenQueue> queues) {
        long sum = 0;
        for (OpenQueue queue : List.copyOf(queues)) {
            sum += queue.backlog();
        }
        return sum;
    }

    /** The group of a queue's own metrics. */
    MetricGroup of(QueueSplit split) {
        return group.addGroup("queue", split.queue());
    }

    /** Shows a queue that is open. */
    void register(OpenQueue queue) {
        MetricGroup its = group.addGroup("queue", queue.name());
        its.gauge("unacknowledged", (Gauge<Long>) queue::outstanding);
        its.gauge("backlog", (Gauge<Long>) queue::backlog);
    }

    /** A message was dropped because a restored checkpoint holds it. */
    void redelivered() {
        redelivered.inc();
    }

    /** The stream has a new watermark. */
    void announced(long millis) {
        watermark = millis;
    }

    private long watermarkLagMillis() {
        long last = watermark;
        return last == EventClock.NONE ? -1 : System.currentTimeMillis() - last;
    }
}
