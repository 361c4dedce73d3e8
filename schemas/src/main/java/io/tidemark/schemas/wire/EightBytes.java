package io.tidemark.schemas.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes of a text as one number, the first lowest, and what can be asked of all eight at
 * once. Zero bytes are found as in H. S. Warren, Hacker's Delight, 2nd ed., section 6-1.
 */
final class EightBytes {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long ZEROS = '0' * ONES;

    private EightBytes() {}

    /** The eight bytes there; all must be within the array. */
    static long at(byte[] bytes, int index) {
        return (long) LONGS.get(bytes, index);
    }

    /** Up to eight bytes, zero behind them. */
    static long at(byte[] bytes, int offset, int length) {
        if (length > 0 && offset + Long.BYTES <= bytes.length) {
            return at(bytes, offset) & (-1L >>> (Long.SIZE - Byte.SIZE * length));
        }
        long word = 0;
        for (int i = 0; i < length; i++) {
            word |= (bytes[offset + i] & 0xFFL) << (Byte.SIZE * i);
        }
        return word;
    }

    /** The place, 0 to 7, of the first byte a mask of high bits marks; 8 where it marks none. */
    static int firstOf(long highBits) {
        return Long.numberOfTrailingZeros(highBits) >>> 3;
    }

    /** The high bits of the bytes that are no ASCII. */
    static long notAscii(long word) {
        return word & HIGHS;
    }

    /**
     * The high bit of the first byte that is a quote, a backslash or no printable ASCII, and
     * nothing below it (above it there may be too much).
     */
    static long specials(long word) {
        long quote = word ^ ('"' * ONES);
        long backslash = word ^ ('\\' * ONES);
        long found =
                ((quote - ONES) & ~quote)
                        | ((backslash - ONES) & ~backslash)
                        | ((word - ' ' * ONES) & ~word)
                        | (word + ONES)
                        | word;
        return found & HIGHS;
    }

    /**
     * How many bytes from there on are printable ASCII without quotes and escapes before a quote
     * comes; -1 where something else comes first, or less than eight bytes are left to look at.
     */
    static int plainLength(byte[] bytes, int start) {
        int end = start;
        while (end + Long.BYTES <= bytes.length) {
            long special = specials(at(bytes, end));
            if (special != 0) {
                end += firstOf(special);
                return bytes[end] == '"' ? end - start : -1;
            }
            end += Long.BYTES;
        }
        return -1;
    }

    /** The high bits of exactly the bytes that are no digits. */
    static long notDigits(long word) {
        long digits = word ^ ZEROS;
        return (((digits & ~HIGHS) + 0x76 * ONES) | digits) & HIGHS;
    }

    /**
     * The number that the first bytes spell, which must be digits: 1 to 8 of them. Pairs, then
     * fours, then all eight are put together, each by one multiplication.
     */
    static long number(long word, int digits) {
        long tens = (word ^ ZEROS) << (Long.SIZE - Byte.SIZE * digits);
        long pairs = tens * 10 + (tens >>> 8);
        long upper = (pairs & 0xFF000000FFL) * 0x000F424000000064L;
        long lower = ((pairs >>> 16) & 0xFF000000FFL) * 0x0000271000000001L;
        return (upper + lower) >>> 32;
    }
}
