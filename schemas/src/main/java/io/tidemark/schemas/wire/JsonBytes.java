package io.tidemark.schemas.wire;

import io.tidemark.schemas.event.RejectReason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the parts of a JSON text (RFC 8259) in well-formed UTF-8: blanks, strings, numbers,
 * literals. Strings and numbers are left where they are and told by offset and length; only a
 * string with escapes is copied. Every method is linear in what it steps over. Not thread-safe;
 * reused from message to message.
 */
final class JsonBytes {
    /** Digits of a number at most, sign, point and exponent mark apart. */
    static final int MAX_DIGITS = 64;

    /** The answer of {@link #peek} at the end of the input. */
    static final int END = -1;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final byte[] NOTHING = {};

    private final JsonEscapes escapes = new JsonEscapes();
    private byte[] bytes = NOTHING;
    private int at;

    private byte[] text = NOTHING;
    private int plainEnd;
    private int textOffset;
    private int textLength;
    private boolean ascii;
    private boolean printable;

    /** Begins at that byte. The array must not change while it is walked over. */
    void open(byte[] body, int start) {
        bytes = body;
        at = start;
    }

    /** The next byte that is no blank, not stepped over; {@link #END} behind the last. */
    int peek() {
        while (at < bytes.length) {
            byte next = bytes[at];
            if (next > ' ' || !isBlank(next)) {
                return next & 0xFF;
            }
            at++;
        }
        return END;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** Steps over the byte {@link #peek} answered. */
    void step() {
        at++;
    }

    /**
     * Steps over the next field's name and its colon, and over a comma before them, when they stand
     * here without blanks and it is a name the order expects.
     */
    @Nullable FieldName take(FieldOrder order, boolean behindComma) {
        int start = at;
        if (behindComma) {
            if (start >= bytes.length || bytes[start] != ',') {
                return null;
            }
            start++;
        }
        FieldName name = order.expectedAt(bytes, start);
        if (name != null) {
            at = start + name.length();
        }
        return name;
    }

    /** The bytes of the last string (unescaped, without quotes) or number. */
    byte[] text() {
        return text;
    }

    int textOffset() {
        return textOffset;
    }

    int textLength() {
        return textLength;
    }

    /** Whether the last string is all ASCII. */
    boolean isAscii() {
        return ascii;
    }

    /** Whether the last string is all ASCII and none of it a control character. */
    boolean isPrintable() {
        return printable;
    }

    /** Steps over the string whose opening quote is next. */
    void string() throws RefusedException {
        int start = at + 1;
        int end = start;
        ascii = true;
        printable = true;
        while (true) {
            end = nextSpecial(end);
            byte special = bytes[end];
            if (special == '"') {
                break;
            }
            if (special == '\\') {
                escapedString(start, end);
                return;
            }
            if (special >= 0 && special < ' ') {
                at = end;
                throw malformed("a string without raw control characters");
            }
            // A delete, or part of a sequence already known to be well-formed.
            ascii &= special >= 0;
            printable = false;
            end++;
        }
        if (text != bytes) {
            text = bytes;
        }
        textOffset = start;
        textLength = end - start;
        at = end + 1;
    }

    private void escapedString(int start, int firstEscape) throws RefusedException {
        at = escapes.unescape(bytes, start, firstEscape);
        if (escapes.failed()) {
            throw at == bytes.length ? malformed("the end of a string") : malformed("an escape");
        }
        text = escapes.text();
        textOffset = 0;
        textLength = escapes.length();
        ascii = escapes.isAscii();
        printable = escapes.isPrintable();
    }

    /** The index of the next quote, backslash or byte that is no printable ASCII. */
    private int nextSpecial(int from) throws RefusedException {
        int end = from;
        while (end + Long.BYTES <= bytes.length) {
            long special = specials((long) LONGS.get(bytes, end));
            if (special != 0) {
                return end + (Long.numberOfTrailingZeros(special) >>> 3);
            }
            end += Long.BYTES;
        }
        while (end < bytes.length) {
            byte b = bytes[end];
            if (b < ' ' || b == '"' || b == '\\' || b == 0x7F) {
                return end;
            }
            end++;
        }
        at = end;
        throw malformed("the end of a string");
    }

    /**
     * The high bit of the first special byte of eight, and nothing below it (above it there may be
     * too much). Zero bytes as in H. S. Warren, Hacker's Delight, 2nd ed., section 6-1.
     */
    private static long specials(long word) {
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

    /** Steps over the number that begins here. */
    JsonKind number() throws RefusedException {
        int start = at;
        if (bytes[at] == '-') {
            at++;
        }
        int first = at;
        int digits = digits();
        if (digits > 1 && bytes[first] == '0') {
            throw malformed("a number without leading zeros");
        }
        JsonKind kind = JsonKind.INTEGER;
        if (at < bytes.length && bytes[at] == '.') {
            at++;
            digits += digits();
            kind = JsonKind.DECIMAL;
        }
        if (at < bytes.length && (bytes[at] | 0x20) == 'e') {
            at++;
            if (at < bytes.length && (bytes[at] == '+' || bytes[at] == '-')) {
                at++;
            }
            digits += digits();
            kind = JsonKind.DECIMAL;
        }
        if (digits > MAX_DIGITS) {
            throw new RefusedException(
                    RejectReason.NUMBER_TOO_LONG,
                    "wanted at most " + MAX_DIGITS + " digits, got " + digits);
        }
        if (text != bytes) {
            text = bytes;
        }
        textOffset = start;
        textLength = at - start;
        ascii = true;
        printable = true;
        return kind;
    }

    /** Steps over digits; refuses none at all. */
    private int digits() throws RefusedException {
        int start = at;
        while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        if (at == start) {
            throw malformed("a digit");
        }
        return at - start;
    }

    /**
     * The number, bare or in quotes, that stands here behind blanks, where one division gives it
     * exactly: an optional minus, at most 18 digits without a needless zero, at most one point. NaN
     * for anything else. Steps over nothing; {@link #takePlain} does.
     */
    double plainNumber() {
        int i = at;
        int last = bytes.length - 1;
        boolean quoted = i < last && bytes[i] == '"';
        i += quoted ? 1 : 0;
        boolean negative = i < last && bytes[i] == '-';
        i += negative ? 1 : 0;
        int first = i;
        int point = -1;
        long mantissa = 0;
        byte b = 0;
        while (i < last) {
            b = bytes[i];
            if (b >= '0' && b <= '9') {
                mantissa = mantissa * 10 + (b - '0');
            } else if (b == '.' && point < 0) {
                point = i;
            } else {
                break;
            }
            i++;
        }
        int integerEnd = point < 0 ? i : point;
        int digits = point < 0 ? i - first : i - first - 1;
        boolean ends = quoted ? b == '"' : b == ',' || b == '}' || b == ']';
        if (!ends
                || integerEnd == first
                || point == i - 1
                || (integerEnd > first + 1 && bytes[first] == '0')
                || digits > Decimals.MAX_FAST_DIGITS) {
            return Double.NaN;
        }
        plainEnd = quoted ? i + 1 : i;
        double value = Decimals.quotient(mantissa, point < 0 ? 0 : i - point - 1);
        return negative ? -value : value;
    }

    /** Such a whole number, not below zero; -1 for anything else. */
    long plainWhole() {
        int i = at;
        int last = bytes.length - 1;
        boolean quoted = i < last && bytes[i] == '"';
        i += quoted ? 1 : 0;
        int first = i;
        long value = 0;
        while (i < last && bytes[i] >= '0' && bytes[i] <= '9') {
            value = value * 10 + (bytes[i++] - '0');
        }
        int digits = i - first;
        byte b = bytes[Math.min(i, last)];
        boolean ends = quoted ? b == '"' : b == ',' || b == '}' || b == ']';
        if (!ends
                || digits == 0
                || digits > Decimals.MAX_FAST_DIGITS
                || (digits > 1 && bytes[first] == '0')) {
            return -1;
        }
        plainEnd = quoted ? i + 1 : i;
        return value;
    }

    /** Steps over the number just answered. */
    void takePlain() {
        at = plainEnd;
    }

    /** Steps over the literal, whose first byte is next. */
    void literal(byte[] word) throws RefusedException {
        int start = at;
        for (byte b : word) {
            if (at == bytes.length || bytes[at] != b) {
                at = start;
                throw malformed("a JSON value");
            }
            at++;
        }
    }

    /** What was wanted here, and what is here instead. */
    RefusedException malformed(String wanted) {
        String got =
                at >= bytes.length
                        ? "the end of the body"
                        : "0x%02x at byte %d".formatted(bytes[at] & 0xFF, at);
        return new RefusedException(RejectReason.MALFORMED, "wanted " + wanted + ", got " + got);
    }
}
