package io.tidemark.schemas.wire;

import com.fasterxml.jackson.core.JsonToken;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.RejectReason;
import java.io.IOException;

/**
 * Reads one queue message. Total: any bytes give an event or a {@link RefusedException}, in time
 * and memory proportional to the body. Unknown fields are stepped over; fields may come in any
 * order; every field it reads must be well-formed, and no key may come twice in the envelope or in
 * the payload.
 *
 * <p>Not thread-safe: one decoder per source, which reuses its buffers.
 */
public final class EnvelopeDecoder {
    private final JsonCursor cursor;
    private final Fields fields;
    private final Envelope envelope;
    private final PayloadReader[] payloads = new PayloadReader[EventType.values().length];
    private final NameSet envelopeNames = new NameSet(JsonCursor.MAX_FIELDS);
    private final NameSet payloadNames = new NameSet(JsonCursor.MAX_FIELDS);

    /** A decoder with those limits. */
    public EnvelopeDecoder(DecodeLimits limits) {
        cursor = new JsonCursor(limits.maxBodyBytes());
        fields = Fields.over(cursor);
        envelope = new Envelope(limits.futureToleranceMicros());
        for (EventType type : EventType.values()) {
            payloads[type.ordinal()] = newReader(type);
        }
    }

    private static PayloadReader newReader(EventType type) {
        return switch (type) {
            case TRADE -> new TradeReader();
            case ORDERBOOK -> new BookReader();
            case KLINE -> new KlineReader();
            case TICKER -> new TickerReader();
            case FUNDING -> new FundingReader();
        };
    }

    /**
     * The event in the body.
     *
     * @param queueType the kind the queue carries; an envelope that names another is refused
     * @param ingestedMicros when the body was read, microseconds since the epoch; an event later
     *     than that and the tolerance is refused
     * @throws RefusedException when the body is no such event
     */
    public MarketEvent decode(EventType queueType, byte[] body, long ingestedMicros)
            throws RefusedException {
        try {
            return read(queueType, body, ingestedMicros);
        } catch (IOException e) {
            throw cursor.refusal(e);
        } catch (RuntimeException e) {
            // Totality: a defect of the parser or of ours costs one message, not the job.
            throw new RefusedException(RejectReason.MALFORMED, "unexpected " + e);
        } finally {
            cursor.close();
        }
    }

    private MarketEvent read(EventType queueType, byte[] body, long ingestedMicros)
            throws RefusedException, IOException {
        PayloadReader payload = payloads[queueType.ordinal()];
        envelope.reset(queueType, ingestedMicros);
        payload.reset();
        envelopeNames.reset();
        fields.refusals().scope("");
        cursor.open(body);
        boolean hasPayload = false;
        String name;
        while ((name = cursor.nextField(envelopeNames)) != null) {
            if (!name.equals("payload")) {
                envelope.field(name, fields);
                continue;
            }
            hasPayload = readPayload(payload);
        }
        cursor.expectEnd();
        if (!hasPayload) {
            throw Fields.missing("payload");
        }
        return payload.build(envelope);
    }

    private boolean readPayload(PayloadReader payload) throws RefusedException, IOException {
        if (cursor.token() == JsonToken.VALUE_NULL) {
            return false;
        }
        if (cursor.token() != JsonToken.START_OBJECT) {
            throw fields.refusals().of(RejectReason.WRONG_TYPE, "payload", "an object");
        }
        payloadNames.reset();
        fields.refusals().scope("payload.");
        String name;
        while ((name = cursor.nextField(payloadNames)) != null) {
            if (!envelope.payloadSymbol(name, fields)) {
                payload.field(name, fields);
            }
        }
        fields.refusals().scope("");
        return true;
    }
}
