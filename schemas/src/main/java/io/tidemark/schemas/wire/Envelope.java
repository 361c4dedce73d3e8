package io.tidemark.schemas.wire;

import static io.tidemark.schemas.event.EventHeader.UNKNOWN_TIME;

import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.RejectReason;
import io.tidemark.schemas.event.Symbols;
import java.util.Arrays;

/** The envelope's own fields of one message, reused from message to message. */
final class Envelope {
    /** 2015-01-01: no exchange we read is older. */
    static final long MIN_TIME_MICROS = 1_420_070_400_000_000L;

    /** 2200-01-01: later is a wrong unit (micro- for milliseconds), not a wrong clock. */
    static final long MAX_TIME_MICROS = 7_258_118_400_000_000L;

    private static final int MAX_TOPIC = 256;
    private static final int MAX_LABEL = 128;

    private static final Word[] TYPE_NAMES = typeNames();

    private static final int TYPE = 0;
    private static final int TOPIC = 1;
    private static final int TIMESTAMP = 2;
    private static final int RECEIVED_AT = 3;
    private static final int EVENT_ID = 4;
    private static final int TRACE_ID = 5;

    /** How many codes {@link #code} answers, from 0. */
    static final int CODES = 6;

    // Below every code of a payload's own fields.
    private static final int SHORT_SYMBOL = FieldName.SKIP - 1;
    private static final int LONG_SYMBOL = FieldName.SKIP - 2;

    private final Fields in;
    private final long toleranceMicros;
    private final PooledText topic = new PooledText();
    private final HeldText eventId = new HeldText();
    private final HeldText traceId = new HeldText();
    private final PooledText shortSymbol = new PooledText();
    private final PooledText longSymbol = new PooledText();

    /** The ordinal of the queue's type, since a reference would cost a write barrier. */
    private int queueType;

    private long ingestedMicros;
    private long messageTimeMicros;
    private long receivedMicros;

    Envelope(Fields in, long toleranceMicros) {
        this.in = in;
        this.toleranceMicros = toleranceMicros;
    }

    private static Word[] typeNames() {
        return Arrays.stream(EventType.values())
                .map(type -> Word.of(type.wireName()))
                .toArray(Word[]::new);
    }

    void reset(EventType type, long ingested) {
        queueType = type.ordinal();
        ingestedMicros = ingested;
        messageTimeMicros = UNKNOWN_TIME;
        receivedMicros = UNKNOWN_TIME;
        topic.clear();
        eventId.clear();
        traceId.clear();
        shortSymbol.clear();
        longSymbol.clear();
    }

    /** What {@link #take} calls the envelope's fields of that name; else {@link FieldName#SKIP}. */
    int code(String field) {
        return switch (field) {
            case "event_type" -> TYPE;
            case "topic" -> TOPIC;
            case "timestamp" -> TIMESTAMP;
            case "received_at" -> RECEIVED_AT;
            case "event_id" -> EVENT_ID;
            case "trace_id" -> TRACE_ID;
            default -> FieldName.SKIP;
        };
    }

    /** Consumes the cursor's current value, which is that field's. */
    void take(int code, String name) throws RefusedException {
        switch (code) {
            case TYPE -> eventType(name);
            case TOPIC -> in.texts().text(name, MAX_TOPIC, topic);
            case TIMESTAMP -> messageTimeMicros = in.numbers().isoTime(name);
            case RECEIVED_AT -> receivedMicros = in.numbers().isoTime(name);
            case EVENT_ID -> in.texts().label(name, MAX_LABEL, eventId);
            case TRACE_ID -> in.texts().label(name, MAX_LABEL, traceId);
            default -> in.cursor().skip();
        }
    }

    /**
     * What {@link #takeSymbol} calls the payload's fields of that name, less than {@link
     * FieldName#SKIP}; that where it is no symbol's.
     */
    int symbolCode(String field) {
        return switch (field) {
            case "s" -> SHORT_SYMBOL;
            case "symbol" -> LONG_SYMBOL;
            default -> FieldName.SKIP;
        };
    }

    /** Consumes the cursor's current value, which is that symbol. */
    void takeSymbol(int code, String name) throws RefusedException {
        in.texts().symbol(name, code == SHORT_SYMBOL ? shortSymbol : longSymbol);
    }

    private void eventType(String name) throws RefusedException {
        Word wanted = TYPE_NAMES[queueType];
        if (in.cursor().take(wanted.quoted())) {
            return;
        }
        if (in.texts().isPresent(name) && !in.cursor().textIs(wanted.text())) {
            throw in.refusals()
                    .of(
                            RejectReason.WRONG_QUEUE,
                            name,
                            "the queue's '" + EventType.values()[queueType].wireName() + "'");
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
        byte[] body = in.cursor().body();
        return new EventHeader(
                symbol(),
                eventTimeMicros,
                messageTimeMicros,
                receivedMicros,
                ingestedMicros,
                sequence,
                id,
                eventId.from(body),
                traceId.from(body));
    }

    /** Levels a side in a topic {@code orderbook.<depth>.<symbol>}; 0 where it does not say. */
    int topicDepth() {
        String name = topic.text();
        int start = name == null ? -1 : name.indexOf('.');
        int end = name == null ? -1 : name.lastIndexOf('.');
        if (name == null || start < 0 || end <= start + 1 || end - start > 7) {
            return 0;
        }
        int depth = 0;
        for (int i = start + 1; i < end; i++) {
            int digit = name.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            depth = depth * 10 + digit;
        }
        return depth;
    }

    private String symbol() throws RefusedException {
        String symbol = shortSymbol.isAbsent() ? longSymbol.text() : shortSymbol.text();
        if (symbol != null) {
            return symbol;
        }
        String name = topic.text();
        String last = name == null ? "" : name.substring(name.lastIndexOf('.') + 1);
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
