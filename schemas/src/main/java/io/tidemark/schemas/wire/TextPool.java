package io.tidemark.schemas.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Short texts that come again and again (field names, symbols, intervals, tick directions), each as
 * one string. Direct-mapped: a text that lands on another's place takes it, so the memory is
 * bounded whatever comes. Not thread-safe.
 */
final class TextPool {
    private static final int SLOT_BITS = 10;
    private static final int MAX_POOLED = 64;
    private static final byte[] NONE = {};
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final @Nullable String[] slots = new String[1 << SLOT_BITS];

    /** The first eight bytes of the text in each slot. */
    private final long[] heads = new long[1 << SLOT_BITS];

    /** All bytes of the texts longer than that. */
    private final byte[][] texts = new byte[1 << SLOT_BITS][];

    /** The text of these bytes of UTF-8. */
    String of(byte[] text, int offset, int length, boolean ascii) {
        if (!ascii || length > MAX_POOLED) {
            return fresh(text, offset, length, ascii);
        }
        long head = word(text, offset, Math.min(length, Long.BYTES));
        long mixed = head + length;
        for (int i = Long.BYTES; i < length; i += Long.BYTES) {
            mixed =
                    mixed * 0x9E3779B97F4A7C15L
                            + word(text, offset + i, Math.min(length - i, Long.BYTES));
        }
        int slot = (int) ((mixed * 0x9E3779B97F4A7C15L) >>> (Long.SIZE - SLOT_BITS));
        String held = slots[slot];
        if (held != null
                && heads[slot] == head
                && held.length() == length
                && isSameTail(slot, text, offset, length)) {
            return held;
        }
        String fresh = fresh(text, offset, length, true);
        slots[slot] = fresh;
        heads[slot] = head;
        texts[slot] =
                length > Long.BYTES ? Arrays.copyOfRange(text, offset, offset + length) : NONE;
        return fresh;
    }

    /** Up to eight bytes as one number, the first lowest. */
    private static long word(byte[] text, int offset, int length) {
        if (length > 0 && offset + Long.BYTES <= text.length) {
            return (long) LONGS.get(text, offset) & (-1L >>> (Long.SIZE - Byte.SIZE * length));
        }
        long word = 0;
        for (int i = 0; i < length; i++) {
            word |= (text[offset + i] & 0xFFL) << (Byte.SIZE * i);
        }
        return word;
    }

    private boolean isSameTail(int slot, byte[] text, int offset, int length) {
        return length <= Long.BYTES
                || Arrays.equals(text, offset, offset + length, texts[slot], 0, length);
    }

    private static String fresh(byte[] text, int offset, int length, boolean ascii) {
        return ascii
                ? new String(text, offset, length, ISO_8859_1)
                : Utf8.decode(text, offset, length, length);
    }
}
