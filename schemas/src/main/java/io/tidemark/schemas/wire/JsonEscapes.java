package io.tidemark.schemas.wire;

import java.util.Arrays;

/**
 * Unescapes a JSON string into a buffer of its own. A pair of escaped surrogates becomes the four
 * bytes of its character; one alone, which has no UTF-8 form, the three bytes it would have, so
 * that nothing is lost and {@link Utf8#hasLoneSurrogate} can tell.
 */
final class JsonEscapes {
    private byte[] text = new byte[64];
    private int length;
    private boolean ascii;
    private boolean printable;
    private boolean failed;

    byte[] text() {
        return text;
    }

    int length() {
        return length;
    }

    boolean isAscii() {
        return ascii;
    }

    boolean isPrintable() {
        return printable;
    }

    /** Whether the last string was none; {@link #unescape} then answered where. */
    boolean failed() {
        return failed;
    }

    /**
     * Unescapes the string.
     *
     * @param start the first byte behind the opening quote
     * @param firstEscape where the first backslash is
     * @return behind the closing quote, or where the string goes wrong
     */
    int unescape(byte[] bytes, int start, int firstEscape) {
        length = 0;
        ascii = true;
        printable = true;
        failed = false;
        ensureRoom(firstEscape - start);
        for (int i = start; i < firstEscape; i++) {
            append(bytes[i]);
        }
        int at = firstEscape;
        while (at < bytes.length) {
            byte b = bytes[at];
            if (b == '"') {
                return at + 1;
            }
            if (b >= 0 && b < ' ') {
                break;
            }
            ensureRoom(4);
            if (b != '\\') {
                append(b);
                at++;
                continue;
            }
            int next = escape(bytes, at);
            if (next < 0) {
                break;
            }
            at = next;
        }
        failed = true;
        return at;
    }

    /** Takes the escape at that backslash; where it ends, or -1. */
    private int escape(byte[] bytes, int at) {
        if (at + 1 == bytes.length) {
            return -1;
        }
        byte letter = bytes[at + 1];
        if (letter == 'u') {
            return unicode(bytes, at);
        }
        int value =
                switch (letter) {
                    case '"', '\\', '/' -> letter;
                    case 'b' -> '\b';
                    case 'f' -> '\f';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    default -> -1;
                };
        if (value < 0) {
            return -1;
        }
        append((byte) value);
        return at + 2;
    }

    private int unicode(byte[] bytes, int at) {
        int unit = hex(bytes, at);
        if (unit < 0) {
            return -1;
        }
        if (Character.isHighSurrogate((char) unit)) {
            int second = hex(bytes, at + 6);
            if (second >= 0 && Character.isLowSurrogate((char) second)) {
                appendUtf8(Character.toCodePoint((char) unit, (char) second));
                return at + 12;
            }
        }
        appendUtf8(unit);
        return at + 6;
    }

    /** The value of the <code>&#92;uXXXX</code> at that place; -1 where there is none. */
    private static int hex(byte[] bytes, int at) {
        if (at + 6 > bytes.length || bytes[at] != '\\' || bytes[at + 1] != 'u') {
            return -1;
        }
        int value = 0;
        for (int i = at + 2; i < at + 6; i++) {
            int digit = bytes[i] < 0 ? -1 : Character.digit((char) bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = (value << 4) | digit;
        }
        return value;
    }

    private void appendUtf8(int codePoint) {
        if (codePoint < 0x80) {
            append((byte) codePoint);
        } else if (codePoint < 0x800) {
            append((byte) (0xC0 | (codePoint >> 6)));
            append((byte) (0x80 | (codePoint & 0x3F)));
        } else {
            if (codePoint < 0x10000) {
                append((byte) (0xE0 | (codePoint >> 12)));
            } else {
                append((byte) (0xF0 | (codePoint >> 18)));
                append((byte) (0x80 | ((codePoint >> 12) & 0x3F)));
            }
            append((byte) (0x80 | ((codePoint >> 6) & 0x3F)));
            append((byte) (0x80 | (codePoint & 0x3F)));
        }
    }

    private void append(byte b) {
        ascii &= b >= 0;
        printable &= b >= ' ' && b != 0x7F;
        text[length++] = b;
    }

    private void ensureRoom(int more) {
        if (length + more > text.length) {
            text = Arrays.copyOf(text, Math.max(length + more, 2 * text.length));
        }
    }
}
