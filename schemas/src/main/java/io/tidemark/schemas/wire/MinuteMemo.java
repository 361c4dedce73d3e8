package io.tidemark.schemas.wire;

import io.tidemark.schemas.event.EventHeader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads date-times as {@link WireTime} does, remembering the last minute: messages that follow each
 * other are of the same one. Not thread-safe.
 */
final class MinuteMemo {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private long date;
    private long hourAndMinute;
    private long seconds = EventHeader.UNKNOWN_TIME;

    /** Microseconds since the epoch; {@link EventHeader#UNKNOWN_TIME} for another text. */
    long parse(byte[] text, int offset, int length) {
        if (length < WireTime.MINUTE_LENGTH) {
            return EventHeader.UNKNOWN_TIME;
        }
        long first = (long) LONGS.get(text, offset);
        long second = (long) LONGS.get(text, offset + Long.BYTES);
        if (first != date || second != hourAndMinute || seconds == EventHeader.UNKNOWN_TIME) {
            date = first;
            hourAndMinute = second;
            seconds = WireTime.minuteSeconds(text, offset);
        }
        return WireTime.withSeconds(text, offset, length, seconds);
    }
}
