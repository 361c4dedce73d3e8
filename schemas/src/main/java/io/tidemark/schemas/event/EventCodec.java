package io.tidemark.schemas.event;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The binary form of what a queue gives, for state, checkpoints and the wire between tasks:
 * compact, without reflection, and explicit, so that a byte written by one release is read by the
 * next.
 *
 * <p>The first byte is the version of the form, the second the kind. Within a version nothing ever
 * changes but by appending: a {@link TickerField} or {@link RejectReason} at the end of its list,
 * or a part that a flag nobody set before announces (the checksum of a book); what a release writes
 * without it, it writes as before. Bytes that are no such form give an {@link IOException}, and
 * never more memory than about 1 MiB before that shows. Thread-safe.
 */
public final class EventCodec {
    /** The version this release writes. */
    public static final int VERSION = 1;

    private EventCodec() {}

    /**
     * Writes the value.
     *
     * @throws IllegalArgumentException when a part is longer than {@link #read} would take
     */
    public static void write(Inbound value, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        if (value instanceof MarketEvent event) {
            EventForm.write(event, out);
        } else if (value instanceof RejectedMessage rejected) {
            RejectedForm.write(rejected, out);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static Inbound read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException(
                    "wanted an event of form version " + VERSION + ", got version " + version);
        }
        int kind = in.readUnsignedByte();
        return kind == RejectedForm.KIND ? RejectedForm.read(in) : EventForm.read(kind, in);
    }
}
