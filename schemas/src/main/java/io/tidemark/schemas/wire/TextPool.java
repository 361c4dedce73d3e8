package io.tidemark.schemas.wire;

import org.jspecify.annotations.Nullable;

/**
 * Short texts that come again and again (symbols, intervals, tick directions), each as one string.
 * Direct-mapped: a text that lands on another's place takes it, so the memory is bounded whatever
 * comes. Not thread-safe.
 */
final class TextPool {
    private static final int SLOTS = 1024;
    private static final int MAX_POOLED = 64;

    private final @Nullable String[] slots = new String[SLOTS];

    /** The text of these characters. */
    String of(char[] text, int offset, int length) {
        if (length > MAX_POOLED) {
            return new String(text, offset, length);
        }
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = hash * 31 + text[offset + i];
        }
        int slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
        String held = slots[slot];
        if (held != null && isSame(held, text, offset, length)) {
            return held;
        }
        String fresh = new String(text, offset, length);
        slots[slot] = fresh;
        return fresh;
    }

    private static boolean isSame(String held, char[] text, int offset, int length) {
        if (held.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (held.charAt(i) != text[offset + i]) {
                return false;
            }
        }
        return true;
    }
}
