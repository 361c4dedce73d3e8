package io.tidemark.schemas.wire;

import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.MarketEvent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes the envelope a gateway publishes. What {@link EnvelopeDecoder} reads back equals the event
 * but for {@code ingestedMicros}, given that the header is one a decoder could have made (see
 * {@link EventIds}). Numbers are plain strings without an exponent, as exchanges write them.
 *
 * <p>Not thread-safe: reuses its buffer.
 */
public final class EnvelopeEncoder {
    private final StringBuilder out = new StringBuilder(1024);

    /** An encoder with an empty buffer. */
    public EnvelopeEncoder() {}

    /**
     * The envelope of the event.
     *
     * @param topic the venue's topic, see {@link #topic}; tells a book's depth and a candle's
     *     symbol
     * @param eventId the envelope's {@code event_id}; left out where null
     * @param traceId the envelope's {@code trace_id}; left out where null
     * @throws IllegalArgumentException when the wire cannot say what the event says: an event time
     *     that is no whole millisecond where the payload has its own, or that differs from the
     *     message's where it has none
     */
    public byte[] encode(
            MarketEvent event, String topic, @Nullable String eventId, @Nullable String traceId) {
        EventHeader header = event.header();
        begin(
                event.type(),
                topic,
                header.messageTimeMicros(),
                header.receivedMicros(),
                eventId,
                traceId);
        PayloadWriter.append(out, event);
        return out.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The envelope around a payload that is JSON already. The payload is copied as it is and not
     * looked at.
     *
     * @param receivedMicros left out where {@link EventHeader#UNKNOWN_TIME}
     */
    public byte[] encode(
            EventType type,
            String topic,
            long timestampMicros,
            long receivedMicros,
            @Nullable String eventId,
            @Nullable String traceId,
            byte[] payloadJson) {
        begin(type, topic, timestampMicros, receivedMicros, eventId, traceId);
        byte[] head = out.toString().getBytes(StandardCharsets.UTF_8);
        byte[] body = Arrays.copyOf(head, head.length + payloadJson.length + 1);
        System.arraycopy(payloadJson, 0, body, head.length, payloadJson.length);
        body[body.length - 1] = '}';
        return body;
    }

    private void begin(
            EventType type,
            String topic,
            long timestampMicros,
            long receivedMicros,
            @Nullable String eventId,
            @Nullable String traceId) {
        out.setLength(0);
        out.append('{');
        if (eventId != null) {
            JsonText.append(out.append("\"event_id\":"), eventId);
            out.append(',');
        }
        out.append("\"event_type\":\"").append(type.wireName()).append("\",\"topic\":");
        JsonText.append(out, topic);
        WireTime.append(out.append(",\"timestamp\":\""), timestampMicros);
        out.append('"');
        if (receivedMicros != EventHeader.UNKNOWN_TIME) {
            WireTime.append(out.append(",\"received_at\":\""), receivedMicros);
            out.append('"');
        }
        if (traceId != null) {
            JsonText.append(out.append(",\"trace_id\":"), traceId);
        }
        // Last, so that the payload may be appended as bytes.
        out.append(",\"payload\":");
    }

    /** The topic on which the venue sends such an event. */
    public static String topic(MarketEvent event) {
        return PayloadWriter.topic(event);
    }
}
