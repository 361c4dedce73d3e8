package io.tidemark.schemas.wire;

import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.RejectReason;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the parts of a JSON text (RFC 8259) in UTF-8: blanks, strings, numbers, literals.
 * Strings and numbers are left where they are and told by offset and length; only a string with
 * escapes is copied. Every method is linear in what it steps over. Not thread-safe; reused from
 * message to message.
 */
final class JsonBytes {
    /** Digits of a number at most, sign, point and exponent mark apart. */
    static final int MAX_DIGITS = 64;

    /** The answer of {@link #peek} at the end of the input. */
    static final int END = -1;

    private static final byte[] NOTHING = {};

    private final JsonEscapes escapes = new JsonEscapes();
    private final PlainNumbers numbers = new PlainNumbers();
    private final PlainLevels levels = new PlainLevels();
    private byte[] bytes = NOTHING;
    private int at;

    /** Whether the body is known to be well-formed UTF-8. */
    private boolean utf8;

    /**
     * Whether the last text stands in the body as it is: a reference would cost a write barrier.
     */
    private boolean inBody;

    private int textOffset;
    private int textLength;
    private boolean ascii;
    private boolean printable;

    /** Begins at that byte. The array must not change while it is walked over. */
    void open(byte[] body, int start) {
        bytes = body;
        at = start;
        utf8 = false;
    }

    /** What is walked over. */
    byte[] body() {
        return bytes;
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
            at = start + name.quoted().length();
        }
        return name;
    }

    /** The bytes of the last string (unescaped, without quotes) or number. */
    byte[] text() {
        return inBody ? bytes : escapes.text();
    }

    /** Whether the last text is that, in ASCII. */
    boolean textIs(byte[] word) {
        if (textLength != word.length) {
            return false;
        }
        byte[] here = text();
        for (int i = 0; i < word.length; i++) {
            if (here[textOffset + i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the last text stands in the body as it is. */
    boolean isInBody() {
        return inBody;
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

    /**
     * Steps over the string that stands here, without blanks before it, when it is printable ASCII
     * without escapes; else over nothing, and false. Costs least when it has the likely length:
     * then where it ends need not be found before what follows can be looked at.
     */
    boolean plainText(int likelyLength) {
        int start = at + 1;
        if (start > bytes.length || bytes[at] != '"') {
            return false;
        }
        int length =
                isPlain(start, likelyLength) ? likelyLength : EightBytes.plainLength(bytes, start);
        if (length < 0) {
            return false;
        }
        inBody = true;
        ascii = true;
        printable = true;
        textOffset = start;
        textLength = length;
        at = start + length + 1;
        return true;
    }

    /** Whether that many bytes are printable ASCII without escapes, and then a quote comes. */
    private boolean isPlain(int start, int length) {
        int last = start + length - Long.BYTES;
        if (length < Long.BYTES || start + length >= bytes.length || bytes[start + length] != '"') {
            return false;
        }
        long specials = EightBytes.specials(EightBytes.at(bytes, last));
        for (int i = start; i < last; i += Long.BYTES) {
            specials |= EightBytes.specials(EightBytes.at(bytes, i));
        }
        return specials == 0;
    }

    /** Steps over those bytes when they stand here. */
    boolean take(ExpectedBytes expected) {
        boolean here = expected.standAt(bytes, at);
        if (here) {
            at += expected.length();
        }
        return here;
    }

    /**
     * The time that stands here, as {@link MinuteMemo#usual} reads it; stepped over if it is one.
     */
    long takeTime(MinuteMemo times) {
        long micros = times.usual(bytes, at);
        if (micros != EventHeader.UNKNOWN_TIME) {
            at += MinuteMemo.USUAL_LENGTH;
        }
        return micros;
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
            // A delete, or part of a sequence.
            if (special < 0) {
                requireUtf8();
                ascii = false;
            }
            printable = false;
            end++;
        }
        inBody = true;
        textOffset = start;
        textLength = end - start;
        at = end + 1;
    }

    /**
     * Refuses a body that is not UTF-8 throughout. Asked for at the first byte above ASCII in a
     * string: elsewhere there is no place for one, so most bodies need no pass of their own.
     */
    void requireUtf8() throws RefusedException {
        if (!utf8) {
            BodyBytes.requireUtf8(bytes);
            utf8 = true;
        }
    }

    private void escapedString(int start, int firstEscape) throws RefusedException {
        at = escapes.unescape(bytes, start, firstEscape);
        if (escapes.failed()) {
            throw at == bytes.length ? malformed("the end of a string") : malformed("an escape");
        }
        inBody = false;
        textOffset = 0;
        textLength = escapes.length();
        ascii = escapes.isAscii();
        if (!ascii) {
            requireUtf8();
        }
        printable = escapes.isPrintable();
    }

    /** The index of the next quote, backslash or byte that is no printable ASCII. */
    private int nextSpecial(int from) throws RefusedException {
        int end = from;
        while (end + Long.BYTES <= bytes.length) {
            long special = EightBytes.specials(EightBytes.at(bytes, end));
            if (special != 0) {
                return end + EightBytes.firstOf(special);
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
        inBody = true;
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

    /** The number that stands here, as {@link PlainNumbers#decimal} reads it. */
    double plainNumber() {
        return numbers.decimal(bytes, at);
    }

    /** The number that stands here, as {@link PlainNumbers#whole} reads it. */
    long plainWhole() {
        return numbers.whole(bytes, at);
    }

    /** Steps over the number just answered. */
    void takePlain() {
        at = numbers.end();
    }

    /** Steps over book levels as {@link PlainLevels#read} does; whether there were any. */
    boolean takePlainLevels(LevelBuffer into, int maxLevels) {
        int start = at;
        at = levels.read(bytes, start, into, maxLevels);
        return at > start;
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
