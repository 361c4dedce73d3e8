package io.tidemark.schemas.wire;

import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.RejectReason;

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
    private final FieldOrder envelopeOrder = new FieldOrder(this::envelopeTaker);
    private final FieldOrder[] payloadOrders = new FieldOrder[payloads.length];
    private FieldOrder payloadOrder = envelopeOrder;
    private boolean hasPayload;

    /** A decoder with those limits. */
    public EnvelopeDecoder(DecodeLimits limits) {
        cursor = new JsonCursor(limits.maxBodyBytes());
        fields = Fields.over(cursor);
        envelope = new Envelope(limits.futureToleranceMicros());
        for (EventType type : EventType.values()) {
            PayloadReader reader = newReader(type);
            payloads[type.ordinal()] = reader;
            payloadOrders[type.ordinal()] = new FieldOrder(name -> payloadTaker(reader, name));
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
        } catch (RuntimeException e) {
            // Totality: a defect of ours costs one message, not the job.
            throw new RefusedException(RejectReason.MALFORMED, "unexpected " + e);
        }
    }

    private MarketEvent read(EventType queueType, byte[] body, long ingestedMicros)
            throws RefusedException {
        PayloadReader payload = payloads[queueType.ordinal()];
        payloadOrder = payloadOrders[queueType.ordinal()];
        hasPayload = false;
        envelope.reset(queueType, ingestedMicros);
        payload.reset();
        envelopeOrder.reset();
        fields.refusals().scope("");
        cursor.open(body);
        takeFields(envelopeOrder);
        cursor.expectEnd();
        if (!hasPayload) {
            throw Fields.missing("payload");
        }
        return payload.build(envelope);
    }

    private void takeFields(FieldOrder order) throws RefusedException {
        String name;
        while ((name = cursor.nextField(order)) != null) {
            order.taker().take(name, fields);
        }
    }

    private FieldTaker envelopeTaker(String field) {
        return field.equals("payload") ? this::takePayload : envelope.taker(field);
    }

    private FieldTaker payloadTaker(PayloadReader payload, String field) {
        FieldTaker symbol = envelope.symbolTaker(field);
        return symbol == null ? payload.taker(field) : symbol;
    }

    private void takePayload(String name, Fields in) throws RefusedException {
        if (cursor.kind() == JsonKind.NULL) {
            return;
        }
        if (cursor.kind() != JsonKind.OBJECT) {
            throw in.refusals().of(RejectReason.WRONG_TYPE, name, "an object");
        }
        hasPayload = true;
        payloadOrder.reset();
        in.refusals().scope("payload.");
        takeFields(payloadOrder);
        in.refusals().scope("");
    }
}
