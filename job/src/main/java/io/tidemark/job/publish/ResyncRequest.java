package io.tidemark.job.publish;

/**
 * A book that lost a message and needs a new snapshot.
 *
 * @param depth levels a side of the feed (the topic's number); 0 when unknown
 * @param reason a stable code, such as {@code GAP}
 * @param detectedAtEventTimeMicros event time of the message that showed it, microseconds since the
 *     epoch
 */
public record ResyncRequest(
        String symbol, int depth, String reason, long detectedAtEventTimeMicros) {}
