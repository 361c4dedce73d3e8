package io.tidemark.schemas.event;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The parts of the binary form: variable-length integers, bounded text and bytes. */
final class BinaryForm {
    /** The longest text or byte string, in bytes: 1 MiB. */
    static final int MAX_BYTES = 1 << 20;

    private static final int MAX_ASCII = 0x7F;

    /** As long as any text of an event, the decoder's limits kept. */
    private static final int SCRATCH_BYTES = 256;

    /** A thread's own bytes between a text and a buffer: the outputs take arrays only. */
    private static final ThreadLocal<byte[]> SCRATCH =
            ThreadLocal.withInitial(() -> new byte[SCRATCH_BYTES]);

    private BinaryForm() {}

    /** Seven bits a byte, lowest first: 1 byte below 128, 10 for negative numbers. */
    static void writeUnsigned(long value, DataOutput out) throws IOException {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.writeByte((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    static long readUnsigned(DataInput in) throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int part = in.readUnsignedByte();
            value |= (part & 0x7FL) << shift;
            if (part < 0x80) {
                return value;
            }
        }
        throw new IOException("wanted an integer of at most 10 bytes, got a longer one");
    }

    /** Small magnitudes of either sign in few bytes. */
    static void writeSigned(long value, DataOutput out) throws IOException {
        writeUnsigned((value << 1) ^ (value >> 63), out);
    }

    static long readSigned(DataInput in) throws IOException {
        long value = readUnsigned(in);
        return (value >>> 1) ^ -(value & 1);
    }

    /** A count or length of at most that much. */
    static int readCount(DataInput in, int max, String what) throws IOException {
        long count = readUnsigned(in);
        if (count < 0 || count > max) {
            throw new IOException("wanted at most " + max + " " + what + ", got " + count);
        }
        return (int) count;
    }

    /**
     * UTF-8 behind its length. Never by {@code DataOutput.writeBytes}: Flink's {@code
     * DataOutputSerializer} leaves a hole as long as the text after it. ASCII of usual length
     * allocates nothing.
     */
    static void writeText(String text, DataOutput out) throws IOException {
        int length = text.length();
        if (length > SCRATCH_BYTES) {
            writeBytes(text.getBytes(StandardCharsets.UTF_8), out);
            return;
        }
        byte[] scratch = SCRATCH.get();
        int all = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            all |= c;
            scratch[i] = (byte) c;
        }
        if (all > MAX_ASCII) {
            writeBytes(text.getBytes(StandardCharsets.UTF_8), out);
            return;
        }
        writeUnsigned(length, out);
        out.write(scratch, 0, length);
    }

    /** Allocates, where it is of usual length, nothing but the text. */
    static String readText(DataInput in) throws IOException {
        int length = readCount(in, MAX_BYTES, "bytes");
        byte[] bytes = length > SCRATCH_BYTES ? new byte[length] : SCRATCH.get();
        in.readFully(bytes, 0, length);
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    static void writeBytes(byte[] bytes, DataOutput out) throws IOException {
        requireRoom(bytes.length);
        writeUnsigned(bytes.length, out);
        out.write(bytes);
    }

    static byte[] readBytes(DataInput in) throws IOException {
        byte[] bytes = new byte[readCount(in, MAX_BYTES, "bytes")];
        in.readFully(bytes);
        return bytes;
    }

    /** One byte for null, else a 1 and the text. */
    static void writeOptional(@Nullable String text, DataOutput out) throws IOException {
        out.writeByte(text == null ? 0 : 1);
        if (text != null) {
            writeText(text, out);
        }
    }

    static @Nullable String readOptional(DataInput in) throws IOException {
        return readFlag(in) ? readText(in) : null;
    }

    static boolean readFlag(DataInput in) throws IOException {
        int flag = in.readUnsignedByte();
        if (flag > 1) {
            throw new IOException("wanted 0 or 1, got " + flag);
        }
        return flag == 1;
    }

    private static void requireRoom(int length) {
        if (length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "wanted at most " + MAX_BYTES + " bytes, got " + length);
        }
    }
}
