package io.tidemark.schemas.wire;

import java.util.Arrays;

/** Bytes that are likely to stand somewhere, compared eight at a time. */
final class ExpectedBytes {
    private static final long[] NONE = {};

    private final int length;
    private final long head;
    private final long headMask;

    /** What follows the first eight bytes, and the bytes of the last word that count. */
    private final long[] tail;

    private final long tailMask;

    private ExpectedBytes(byte[] expected) {
        length = expected.length;
        int words = (length + Long.BYTES - 1) / Long.BYTES;
        byte[] padded = Arrays.copyOf(expected, Long.BYTES * words);
        tailMask = -1L >>> (Byte.SIZE * (padded.length - length));
        head = EightBytes.at(padded, 0);
        headMask = words == 1 ? tailMask : -1L;
        tail = words == 1 ? NONE : new long[words - 1];
        for (int i = 0; i < tail.length; i++) {
            tail[i] = EightBytes.at(padded, Long.BYTES * (i + 1));
        }
    }

    /** Those bytes, at least one. */
    static ExpectedBytes of(byte[] expected) {
        return new ExpectedBytes(expected);
    }

    int length() {
        return length;
    }

    /** Whether they stand there; false where fewer than a whole word is left to compare. */
    boolean standAt(byte[] bytes, int at) {
        if (at + Long.BYTES > bytes.length || ((EightBytes.at(bytes, at) ^ head) & headMask) != 0) {
            return false;
        }
        return tail.length == 0 || tailStandsAt(bytes, at + Long.BYTES);
    }

    private boolean tailStandsAt(byte[] bytes, int at) {
        if (at + Long.BYTES * tail.length > bytes.length) {
            return false;
        }
        int last = tail.length - 1;
        for (int i = 0; i < last; i++) {
            if (EightBytes.at(bytes, at + Long.BYTES * i) != tail[i]) {
                return false;
            }
        }
        return ((EightBytes.at(bytes, at + Long.BYTES * last) ^ tail[last]) & tailMask) == 0;
    }
}
