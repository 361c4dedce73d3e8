package io.tidemark.local.publish;

import io.tidemark.schemas.event.EventType;

/**
 * One envelope on its way to its queue.
 *
 * @param symbol decides its queue, where a type has several
 * @param topic the exchange's topic, a header of the message
 * @param traceId a header of the message
 * @param paceMicros when it was received or made, microseconds since the epoch: what paces the
 *     publication
 * @param body the envelope, JSON; nobody writes into it
 */
public record OutgoingMessage(
        EventType type,
        String symbol,
        String topic,
        String traceId,
        long paceMicros,
        @SuppressWarnings("ArrayRecordComponent") byte[] body) {}
