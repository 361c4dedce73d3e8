package io.tidemark.bench.throughput;

import java.util.Map;

/**
 * One drained backlog.
 *
 * @param what the whole job or the bare source
 * @param readRate events a second out of the sources, middle 80 %
 * @param storedRate events a second whose row is committed in the store, middle 80 %; NaN where
 *     there is no store
 * @param cpu CPU seconds by process, from the start of the drain to its end
 * @param seconds from the job running to all events read and, where there is a store, stored
 */
record Drain(
        String what,
        long events,
        double readRate,
        double storedRate,
        Map<String, Double> cpu,
        double seconds,
        long late,
        long duplicates) {}
