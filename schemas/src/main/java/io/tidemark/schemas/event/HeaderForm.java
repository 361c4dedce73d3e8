package io.tidemark.schemas.event;

import static io.tidemark.schemas.event.EventHeader.UNKNOWN_TIME;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The binary form of an event's header. The times after the first are differences from it, which
 * keeps them at three or four bytes each.
 */
final class HeaderForm {
    private static final int HAS_RECEIVED = 1;
    private static final int HAS_EVENT_ID = 2;
    private static final int HAS_TRACE_ID = 4;

    private HeaderForm() {}

    static void write(EventHeader header, DataOutput out) throws IOException {
        int flags = header.receivedMicros() == UNKNOWN_TIME ? 0 : HAS_RECEIVED;
        flags |= header.eventId() == null ? 0 : HAS_EVENT_ID;
        flags |= header.traceId() == null ? 0 : HAS_TRACE_ID;
        out.writeByte(flags);
        BinaryForm.writeText(header.symbol(), out);
        long time = header.eventTimeMicros();
        out.writeLong(time);
        BinaryForm.writeSigned(header.messageTimeMicros() - time, out);
        BinaryForm.writeSigned(header.ingestedMicros() - time, out);
        if (header.receivedMicros() != UNKNOWN_TIME) {
            BinaryForm.writeSigned(header.receivedMicros() - time, out);
        }
        BinaryForm.writeUnsigned(header.sequence(), out);
        BinaryForm.writeText(header.id(), out);
        if (header.eventId() != null) {
            BinaryForm.writeText(header.eventId(), out);
        }
        if (header.traceId() != null) {
            BinaryForm.writeText(header.traceId(), out);
        }
    }

    static EventHeader read(DataInput in) throws IOException {
        int flags = in.readUnsignedByte();
        if (flags > 7) {
            throw new IOException("wanted header flags from 0 to 7, got " + flags);
        }
        String symbol = BinaryForm.readText(in);
        long time = in.readLong();
        long messageTime = time + BinaryForm.readSigned(in);
        long ingested = time + BinaryForm.readSigned(in);
        long received =
                (flags & HAS_RECEIVED) == 0 ? UNKNOWN_TIME : time + BinaryForm.readSigned(in);
        return new EventHeader(
                symbol,
                time,
                messageTime,
                received,
                ingested,
                BinaryForm.readUnsigned(in),
                BinaryForm.readText(in),
                (flags & HAS_EVENT_ID) == 0 ? null : BinaryForm.readText(in),
                (flags & HAS_TRACE_ID) == 0 ? null : BinaryForm.readText(in));
    }
}
