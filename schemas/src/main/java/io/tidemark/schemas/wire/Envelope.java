package io.tidemark.schemas.wire;

import static io.tidemark.schemas.event.EventHeader.UNKNOWN_TIME;

import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.RejectReason;
import io.tidemark.schemas.event.Symbols;
import org.jspecify.annotations.Nullable;

/** The envelope's own fields of one message, reused from message to message. */
final class Envelope {
    /** 2015-01-01: no exchange we read is older. */
    static final long MIN_TIME_MICROS = 1_420_070_400_000_000L;

    /** 2200-01-01: later is a wrong unit (micro- for milliseconds), not a wrong clock. */
    static final long MAX_TIME_MICROS = 7_258_118_400_000_000L;

    private static final int MAX_TOPIC = 256;
    private static final int MAX_LABEL = 128;

    private final long toleranceMicros;
    private EventType queueType = EventType.TRADE;
    private long ingestedMicros;
    private long messageTimeMicros;
    private long receivedMicros;
    private @Nullable String topic;
    private @Nullable String eventId;
    private @Nullable String traceId;
    private @Nullable String shortSymbol;
    private @Nullable String longSymbol;

    Envelope(long toleranceMicros) {
        this.toleranceMicros = toleranceMicros;
    }

    void reset(EventType type, long ingested) {
        queueType = type;
        ingestedMicros = ingested;
        messageTimeMicros = UNKNOWN_TIME;
        receivedMicros = UNKNOWN_TIME;
        topic = null;
        eventId = null;
        traceId = null;
        shortSymbol = null;
        longSymbol = null;
    }

    /** What to do with the envelope's fields of that name. */
    FieldTaker taker(String field) {
        return switch (field) {
            case "event_type" -> this::eventType;
            case "topic" -> (name, in) -> topic = in.texts().text(name, MAX_TOPIC);
            case "timestamp" -> (name, in) -> messageTimeMicros = in.numbers().isoTime(name);
            case "received_at" -> (name, in) -> receivedMicros = in.numbers().isoTime(name);
            case "event_id" -> (name, in) -> eventId = in.texts().label(name, MAX_LABEL);
            case "trace_id" -> (name, in) -> traceId = in.texts().label(name, MAX_LABEL);
            default -> FieldTaker.SKIP;
        };
    }

    /** What to do with the payload's fields of that name where it is a symbol's; else null. */
    @Nullable FieldTaker symbolTaker(String field) {
        return switch (field) {
            case "s" -> (name, in) -> shortSymbol = in.texts().symbol(name);
            case "symbol" -> (name, in) -> longSymbol = in.texts().symbol(name);
            default -> null;
        };
    }

    private void eventType(String name, Fields in) throws RefusedException {
        String type = in.texts().text(name);
        if (type != null && !type.equals(queueType.wireName())) {
            throw in.refusals()
                    .of(
                            RejectReason.WRONG_QUEUE,
                            name,
                            "the queue's '" + queueType.wireName() + "'");
        }
    }

    /** The time of the message, not yet checked against the clock. */
    long messageTimeMicros() throws RefusedException {
        if (messageTimeMicros == UNKNOWN_TIME) {
            throw Fields.missingTime("timestamp");
        }
        return messageTimeMicros;
    }

    /** The header of the message's event. */
    EventHeader header(long eventTimeMicros, long sequence, String id) throws RefusedException {
        checkPast("timestamp", messageTimeMicros());
        if (eventTimeMicros != messageTimeMicros) {
            checkPast("the event's time", eventTimeMicros);
        }
        return new EventHeader(
                symbol(),
                eventTimeMicros,
                messageTimeMicros,
                receivedMicros,
                ingestedMicros,
                sequence,
                id,
                eventId,
                traceId);
    }

    /** Levels a side in a topic {@code orderbook.<depth>.<symbol>}; 0 where it does not say. */
    int topicDepth() {
        int start = topic == null ? -1 : topic.indexOf('.');
        int end = topic == null ? -1 : topic.lastIndexOf('.');
        if (topic == null || start < 0 || end <= start + 1 || end - start > 7) {
            return 0;
        }
        int depth = 0;
        for (int i = start + 1; i < end; i++) {
            int digit = topic.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            depth = depth * 10 + digit;
        }
        return depth;
    }

    private String symbol() throws RefusedException {
        if (shortSymbol != null) {
            return shortSymbol;
        }
        if (longSymbol != null) {
            return longSymbol;
        }
        String last = topic == null ? "" : topic.substring(topic.lastIndexOf('.') + 1);
        if (last.isEmpty()) {
            throw Fields.missing("symbol");
        }
        if (!Symbols.isSymbol(last)) {
            throw new RefusedException(
                    RejectReason.BAD_SYMBOL,
                    "topic: wanted 2 to 40 of A-Z 0-9 _ - at its end, got \"" + last + '"');
        }
        return last;
    }

    /** Refuses a time that lies outside the years anybody can mean. */
    static void checkRange(String what, long micros) throws RefusedException {
        if (micros < MIN_TIME_MICROS || micros >= MAX_TIME_MICROS) {
            throw new RefusedException(
                    RejectReason.TIMESTAMP_RANGE,
                    what + ": wanted a time from 2015 to 2199, got " + micros + " microseconds");
        }
    }

    private void checkPast(String what, long micros) throws RefusedException {
        checkRange(what, micros);
        if (micros - toleranceMicros > ingestedMicros) {
            throw new RefusedException(
                    RejectReason.TIMESTAMP_FUTURE,
                    "%s: wanted at most %d microseconds after it was read (%d), got %d"
                            .formatted(what, toleranceMicros, ingestedMicros, micros));
        }
    }
}
