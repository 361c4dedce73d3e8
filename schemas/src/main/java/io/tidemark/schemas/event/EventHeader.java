package io.tidemark.schemas.event;

import org.jspecify.annotations.Nullable;

/**
 * What every market event carries besides its payload. Times are microseconds since the epoch, UTC.
 *
 * @param symbol the instrument, as the venue spells it (see {@link Symbols})
 * @param eventTimeMicros the event's own time: the payload's where it has one (trade {@code T},
 *     book {@code cts}, kline {@code timestamp}), else the message's
 * @param messageTimeMicros the exchange's time of the message that carried the event
 * @param receivedMicros when the gateway received it; {@link #UNKNOWN_TIME} when it did not say
 * @param ingestedMicros when Tidemark read it from the queue (wall clock; never an input of a
 *     feature)
 * @param sequence the venue's own sequence, larger is later; 0 when the venue gives none
 * @param id the venue's identity of the event within (symbol, type): a trade id, else made of the
 *     content; never empty
 * @param eventId the envelope's {@code event_id}; identifies the message, not the event
 * @param traceId the envelope's {@code trace_id}
 */
public record EventHeader(
        String symbol,
        long eventTimeMicros,
        long messageTimeMicros,
        long receivedMicros,
        long ingestedMicros,
        long sequence,
        String id,
        @Nullable String eventId,
        @Nullable String traceId) {

    /** The value of a time nobody gave. */
    public static final long UNKNOWN_TIME = Long.MIN_VALUE;
}
