package io.tidemark.schemas.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Short texts that come again and again (field names, symbols, topics), each as one string.
 * Direct-mapped: a text that lands on another's place takes it, so the memory is bounded whatever
 * comes. Not thread-safe.
 */
final class TextPool {
    /** The answer of {@link #place} for a text that is not kept. */
    static final int NONE = -1;

    /** The longest text kept, in bytes. */
    static final int MAX_POOLED = 64;

    private static final int SLOT_BITS = 10;
    private static final byte[] NO_BYTES = {};

    /**
     * Four words a slot, beside each other so that a look costs one line of cache: the text's first
     * eight bytes, its last eight, those from the ninth on, and its length.
     */
    private final long[] keys = new long[4 << SLOT_BITS];

    /** All bytes of the texts that the keys leave a gap in. */
    private final byte[][] texts = new byte[1 << SLOT_BITS][];

    private final @Nullable String[] strings = new String[1 << SLOT_BITS];

    /** The text of these bytes of UTF-8. */
    String of(byte[] text, int offset, int length, boolean ascii) {
        if (!ascii) {
            return Utf8.decode(text, offset, length, length);
        }
        if (length > MAX_POOLED) {
            return Utf8.ascii(text, offset, length);
        }
        int place = place(text, offset, length);
        return at(place == NONE ? add(text, offset, length) : place);
    }

    /** Where that text, of ASCII alone, is kept; {@link #NONE} where it is not. */
    int place(byte[] text, int offset, int length) {
        long head = head(text, offset, length);
        long tail = tail(text, offset, length);
        int slot = slot(head, tail, length);
        int key = 4 * slot;
        // A slot never filled has the length 0 and no string.
        boolean same =
                keys[key] == head
                        && keys[key + 1] == tail
                        && keys[key + 2] == middle(text, offset, length)
                        && keys[key + 3] == length
                        && length > 0
                        && (length <= 3 * Long.BYTES || isSame(slot, text, offset, length));
        return same ? slot : NONE;
    }

    /** Keeps that text, of ASCII alone and at most {@value #MAX_POOLED} bytes; says where. */
    int add(byte[] text, int offset, int length) {
        long head = head(text, offset, length);
        long tail = tail(text, offset, length);
        int slot = slot(head, tail, length);
        int key = 4 * slot;
        keys[key] = head;
        keys[key + 1] = tail;
        keys[key + 2] = middle(text, offset, length);
        keys[key + 3] = length;
        strings[slot] = Utf8.ascii(text, offset, length);
        texts[slot] =
                length > 3 * Long.BYTES
                        ? Arrays.copyOfRange(text, offset, offset + length)
                        : NO_BYTES;
        return slot;
    }

    /** The text kept there. */
    String at(int place) {
        String held = strings[place];
        if (held == null) {
            throw new IllegalStateException("wanted a place that holds a text, got " + place);
        }
        return held;
    }

    private static long head(byte[] text, int offset, int length) {
        return length < Long.BYTES
                ? EightBytes.at(text, offset, length)
                : EightBytes.at(text, offset);
    }

    private static long tail(byte[] text, int offset, int length) {
        return length <= Long.BYTES ? 0 : EightBytes.at(text, offset + length - Long.BYTES);
    }

    private static long middle(byte[] text, int offset, int length) {
        return length <= 2 * Long.BYTES ? 0 : EightBytes.at(text, offset + Long.BYTES);
    }

    private static int slot(long head, long tail, int length) {
        long mixed = (head + length) * 0x9E3779B97F4A7C15L + tail;
        return (int) ((mixed * 0xBF58476D1CE4E5B9L) >>> (Long.SIZE - SLOT_BITS));
    }

    private boolean isSame(int slot, byte[] text, int offset, int length) {
        return Arrays.equals(text, offset, offset + length, texts[slot], 0, length);
    }
}
