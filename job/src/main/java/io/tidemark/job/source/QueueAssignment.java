package io.tidemark.job.source;

import java.util.List;
import java.util.Set;

/**
 * Which queues have been given to readers.
 *
 * @param assigned their names, sorted
 * @param returned queues whose reader is gone and that wait for another
 */
record QueueAssignment(Set<String> assigned, List<QueueSplit> returned) {
    /** Before the first start. */
    static final QueueAssignment NONE = new QueueAssignment(Set.of(), List.of());
}
