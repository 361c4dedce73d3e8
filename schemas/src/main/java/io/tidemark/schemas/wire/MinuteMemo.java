package io.tidemark.schemas.wire;

import io.tidemark.schemas.event.EventHeader;

/**
 * Reads date-times as {@link WireTime} does, remembering the last minute: messages that follow each
 * other are of the same one. Not thread-safe.
 */
final class MinuteMemo {
    /** Bytes of a time of the usual form. */
    static final int USUAL_LENGTH = WireTime.MICROS_LENGTH + 2;

    private long date;
    private long hourAndMinute;
    private long seconds = EventHeader.UNKNOWN_TIME;

    /**
     * The time there, in quotes, of the minute remembered, with six digits of fraction and no zone;
     * {@link EventHeader#UNKNOWN_TIME} for anything else.
     */
    long usual(byte[] bytes, int at) {
        int end = at + USUAL_LENGTH;
        if (end > bytes.length
                || bytes[at] != '"'
                || bytes[end - 1] != '"'
                || EightBytes.at(bytes, at + 1) != date
                || EightBytes.at(bytes, at + 1 + Long.BYTES) != hourAndMinute
                || seconds == EventHeader.UNKNOWN_TIME) {
            return EventHeader.UNKNOWN_TIME;
        }
        long micros = WireTime.secondsWithMicros(bytes, at + 1 + WireTime.MINUTE_LENGTH);
        return micros < 0 ? EventHeader.UNKNOWN_TIME : seconds * 1_000_000L + micros;
    }

    /** Microseconds since the epoch; {@link EventHeader#UNKNOWN_TIME} for another text. */
    long parse(byte[] text, int offset, int length) {
        if (length < WireTime.MINUTE_LENGTH) {
            return EventHeader.UNKNOWN_TIME;
        }
        long first = EightBytes.at(text, offset);
        long second = EightBytes.at(text, offset + Long.BYTES);
        if (first != date || second != hourAndMinute || seconds == EventHeader.UNKNOWN_TIME) {
            date = first;
            hourAndMinute = second;
            seconds = WireTime.minuteSeconds(text, offset);
        }
        return WireTime.withSeconds(text, offset, length, seconds);
    }
}
