package io.tidemark.job.source;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * How far one reader has read, told to the others through the enumerator.
 *
 * @param newestMillis the newest event time it has read; {@link EventClock#NONE} before any event
 */
record ReadUpTo(long newestMillis) implements SourceEvent {
    private static final long serialVersionUID = 1L;
}
