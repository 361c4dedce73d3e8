package io.tidemark.local.capture;

import io.tidemark.schemas.event.EventType;

/**
 * One event of a recording, as a gateway would put it into an envelope.
 *
 * @param topic the exchange's topic, ending in the symbol
 * @param timestampMicros the exchange's time of the message, microseconds since the epoch
 * @param receivedMicros when the recorder received the message, by its own clock
 * @param payload the envelope's payload, JSON; nobody writes into it
 * @param symbol the instrument; with the market appended where a recording has the name twice
 */
public record CapturedEvent(
        EventType type,
        String topic,
        long timestampMicros,
        long receivedMicros,
        @SuppressWarnings("ArrayRecordComponent") byte[] payload,
        String symbol,
        Market market) {}
