package io.tidemark.schemas.wire;

import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.RejectReason;
import io.tidemark.schemas.wire.FieldRefusals.Scope;

/**
 * Reads one queue message. Total: any bytes give an event or a {@link RefusedException}, in time
 * and memory proportional to the body. Unknown fields are stepped over; fields may come in any
 * order; every field it reads must be well-formed, and no key may come twice in the envelope or in
 * the payload.
 *
 * <p>Not thread-safe: one decoder per source, which reuses its buffers.
 */
public final class EnvelopeDecoder {
    private static final int PAYLOAD = Envelope.CODES;

    private final JsonCursor cursor;
    private final Fields fields;
    private final Envelope envelope;
    private final PayloadReader[] payloads = new PayloadReader[EventType.values().length];
    private final FieldOrder envelopeOrder = new FieldOrder(this::envelopeCode);
    private final FieldOrder[] payloadOrders = new FieldOrder[payloads.length];
    private boolean hasPayload;

    /** A decoder with those limits. */
    public EnvelopeDecoder(DecodeLimits limits) {
        cursor = new JsonCursor(limits.maxBodyBytes());
        fields = Fields.over(cursor);
        envelope = new Envelope(fields, limits.futureToleranceMicros());
        for (EventType type : EventType.values()) {
            PayloadReader reader = newReader(type);
            payloads[type.ordinal()] = reader;
            payloadOrders[type.ordinal()] = new FieldOrder(name -> payloadCode(reader, name));
        }
    }

    private PayloadReader newReader(EventType type) {
        return switch (type) {
            case TRADE -> new TradeReader(fields);
            case ORDERBOOK -> new BookReader(fields);
            case KLINE -> new KlineReader(fields);
            case TICKER -> new TickerReader(fields);
            case FUNDING -> new FundingReader(fields);
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
        int start = BodyBytes.check(body, cursor.maxBodyBytes());
        try {
            cursor.open(body, start);
            return read(queueType, ingestedMicros);
        } catch (RefusedException e) {
            // What is no text at all is refused for that.
            cursor.requireUtf8();
            throw e;
        } catch (RuntimeException e) {
            // Totality: a defect of ours costs one message, not the job.
            cursor.requireUtf8();
            throw new RefusedException(RejectReason.MALFORMED, "unexpected " + e);
        }
    }

    private MarketEvent read(EventType queueType, long ingestedMicros) throws RefusedException {
        PayloadReader payload = payloads[queueType.ordinal()];
        hasPayload = false;
        envelope.reset(queueType, ingestedMicros);
        payload.reset();
        envelopeOrder.reset();
        fields.refusals().scope(Scope.MESSAGE);
        cursor.openObject();
        FieldName name;
        while ((name = cursor.nextField(envelopeOrder)) != null) {
            if (name.code() == PAYLOAD) {
                takePayload(name.text(), payload, payloadOrders[queueType.ordinal()]);
            } else {
                envelope.take(name.code(), name.text());
            }
        }
        cursor.expectEnd();
        if (!hasPayload) {
            throw Fields.missing("payload");
        }
        return payload.build(envelope);
    }

    private int envelopeCode(String field) {
        return field.equals("payload") ? PAYLOAD : envelope.code(field);
    }

    private int payloadCode(PayloadReader payload, String field) {
        int symbol = envelope.symbolCode(field);
        return symbol == FieldName.SKIP ? payload.code(field) : symbol;
    }

    private void takePayload(String field, PayloadReader payload, FieldOrder order)
            throws RefusedException {
        if (cursor.kind() == JsonKind.NULL) {
            return;
        }
        if (cursor.kind() != JsonKind.OBJECT) {
            throw fields.refusals().of(RejectReason.WRONG_TYPE, field, "an object");
        }
        hasPayload = true;
        order.reset();
        fields.refusals().scope(Scope.PAYLOAD);
        FieldName name;
        while ((name = cursor.nextField(order)) != null) {
            if (name.code() < FieldName.SKIP) {
                envelope.takeSymbol(name.code(), name.text());
            } else {
                payload.take(name.code(), name.text());
            }
        }
        fields.refusals().scope(Scope.MESSAGE);
    }
}
