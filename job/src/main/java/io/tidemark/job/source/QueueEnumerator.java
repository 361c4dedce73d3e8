package io.tidemark.job.source;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.jspecify.annotations.Nullable;

/**
 * Gives the queues to the readers, evenly and for good, and passes on to all readers how far one
 * has read. After a restore the readers have their queues already, spread anew by Flink when the
 * parallelism is another; only queues added to the settings are given out.
 */
final class QueueEnumerator implements SplitEnumerator<QueueSplit, QueueAssignment> {
    private final SplitEnumeratorContext<QueueSplit> context;
    private final List<String> order;
    private final Map<String, QueueSplit> waiting = new LinkedHashMap<>();
    private final Set<String> assigned;

    /** For a reader that is not there yet when another has read the last there is. */
    private @Nullable ReadUpTo newest;

    /**
     * @param configured every queue of the settings, unread
     * @param before what an earlier run had given out
     */
    QueueEnumerator(
            SplitEnumeratorContext<QueueSplit> context,
            List<QueueSplit> configured,
            QueueAssignment before) {
        this.context = context;
        this.order = configured.stream().map(QueueSplit::queue).toList();
        this.assigned = new TreeSet<>(before.assigned());
        before.returned().forEach(split -> waiting.put(split.queue(), split));
        for (QueueSplit split : configured) {
            if (!assigned.contains(split.queue())) {
                waiting.putIfAbsent(split.queue(), split);
            }
        }
    }

    @Override
    public void start() {}

    @Override
    public void addReader(int subtask) {
        List<QueueSplit> its =
                waiting.values().stream().filter(split -> owner(split) == subtask).toList();
        if (newest != null) {
            context.sendEventToSourceReader(subtask, newest);
        }
        if (its.isEmpty()) {
            return;
        }
        for (QueueSplit split : its) {
            waiting.remove(split.queue());
            assigned.add(split.queue());
        }
        // All at once: the watermark of a reader with some of its queues leaves the others out.
        context.assignSplits(new SplitsAssignment<>(Map.of(subtask, its)));
    }

    /** By its place in the settings, so that the queues of one type are on different readers. */
    private int owner(QueueSplit split) {
        int place = order.indexOf(split.queue());
        return Math.floorMod(
                place >= 0 ? place : split.queue().hashCode(), context.currentParallelism());
    }

    /** The reader failed before a checkpoint held them; it is added again when it is back. */
    @Override
    public void addSplitsBack(List<QueueSplit> splits, int subtask) {
        for (QueueSplit split : splits) {
            assigned.remove(split.queue());
            waiting.put(split.queue(), split);
        }
        if (context.registeredReaders().containsKey(subtask)) {
            addReader(subtask);
        }
    }

    @Override
    public void handleSourceEvent(int subtask, SourceEvent event) {
        if (event instanceof ReadUpTo told
                && (newest == null || told.newestMillis() > newest.newestMillis())) {
            newest = told;
        }
        for (int reader : context.registeredReaders().keySet()) {
            if (reader != subtask) {
                context.sendEventToSourceReader(reader, event);
            }
        }
    }

    /** Readers do not ask. */
    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {}

    @Override
    public QueueAssignment snapshotState(long checkpointId) {
        return new QueueAssignment(
                new TreeSet<>(assigned),
                waiting.values().stream().filter(QueueSplit::isRead).toList());
    }

    @Override
    public void close() {}
}
