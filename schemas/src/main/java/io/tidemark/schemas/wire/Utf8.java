package io.tidemark.schemas.wire;

/**
 * Whether bytes are well-formed UTF-8 (Unicode 15, table 3-7: no overlong form, no surrogate,
 * nothing above U+10FFFF); and text of such bytes, or of such and the three-byte forms that {@link
 * JsonEscapes} gives lone surrogates.
 */
final class Utf8 {
    private Utf8() {}

    /** The index of the first byte that is not well-formed UTF-8, or -1. */
    static int firstMalformed(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            while (at + 32 <= bytes.length
                    && EightBytes.notAscii(
                                    EightBytes.at(bytes, at)
                                            | EightBytes.at(bytes, at + 8)
                                            | EightBytes.at(bytes, at + 16)
                                            | EightBytes.at(bytes, at + 24))
                            == 0) {
                at += 32;
            }
            while (at + 8 <= bytes.length && EightBytes.notAscii(EightBytes.at(bytes, at)) == 0) {
                at += 8;
            }
            if (at == bytes.length) {
                break;
            }
            int length = sequenceLength(bytes, at);
            if (length == 0) {
                return at;
            }
            at += length;
        }
        return -1;
    }

    /** The length of the well-formed sequence that begins here; 0 when none does. */
    private static int sequenceLength(byte[] bytes, int at) {
        int lead = bytes[at] & 0xFF;
        if (lead < 0x80) {
            return 1;
        }
        int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
        if (length == 0 || at + length > bytes.length) {
            return 0;
        }
        int low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        int second = bytes[at + 1] & 0xFF;
        if (second < low || second > high) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /** Whether the text holds the form of a lone surrogate. */
    static boolean hasLoneSurrogate(byte[] text, int offset, int length) {
        for (int i = offset; i + 1 < offset + length; i++) {
            if (text[i] == (byte) 0xED && (text[i + 1] & 0xFF) >= 0xA0) {
                return true;
            }
        }
        return false;
    }

    /** The length of the text in UTF-16 units. */
    static int charLength(byte[] text, int offset, int length) {
        int chars = 0;
        for (int i = offset; i < offset + length; i++) {
            int b = text[i] & 0xFF;
            chars += (b & 0xC0) == 0x80 ? 0 : b >= 0xF0 ? 2 : 1;
        }
        return chars;
    }

    /**
     * The text, of ASCII alone. By the constructor that takes a high byte, which copies and does no
     * more; those that take a charset are too long to be compiled into their callers.
     */
    @SuppressWarnings("deprecation")
    static String ascii(byte[] text, int offset, int length) {
        return new String(text, 0, offset, length);
    }

    /** The text, or its first characters: that many UTF-16 units, and one more where they end. */
    static String decode(byte[] text, int offset, int length, int maxChars) {
        char[] chars = new char[Math.min(length, maxChars + 1)];
        int count = 0;
        int at = offset;
        while (at < offset + length && count < maxChars) {
            int lead = text[at] & 0xFF;
            int bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
            int codePoint = bytes == 1 ? lead : lead & (0x7F >> bytes);
            for (int i = 1; i < bytes; i++) {
                codePoint = (codePoint << 6) | (text[at + i] & 0x3F);
            }
            count += Character.toChars(codePoint, chars, count);
            at += bytes;
        }
        return new String(chars, 0, count);
    }
}
