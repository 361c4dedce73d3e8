package io.tidemark.schemas.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.RejectReason;
import org.jspecify.annotations.Nullable;

/**
 * A forward walk over one untrusted JSON object: bounded in size, depth, fields and number length,
 * without recursion and without a tree. After {@link #nextField} the current value is the field's,
 * and exactly one of {@link #skip}, a method of {@link FieldNumbers} or {@link FieldTexts} or an
 * own walk with {@link #nextItem} must consume it. Not thread-safe; reused from message to message.
 *
 * <p>Own code because it is three times as fast as a general parser: the strings and numbers of a
 * message are read from the bytes where they stand.
 */
final class JsonCursor {
    static final int MAX_DEPTH = 64;
    static final int MAX_FIELDS = 1_000;
    static final int MAX_NUMBER_LENGTH = JsonBytes.MAX_DIGITS;
    private static final int MAX_NAME_BYTES = 256;
    private static final int MAX_DESCRIBED = 64;
    private static final byte[] TRUE = "true".getBytes(US_ASCII);
    private static final byte[] FALSE = "false".getBytes(US_ASCII);
    private static final byte[] NULL = "null".getBytes(US_ASCII);

    private static final JsonKind[] KINDS = JsonKind.values();

    private final int maxBodyBytes;
    private final JsonBytes json = new JsonBytes();
    private final TextPool names = new TextPool();

    /** The current value's kind: its ordinal, since a reference would cost a write barrier. */
    private int kind;

    private int depth;

    /** One bit an open object or list, the innermost lowest: 1 for an object. */
    private long objects;

    /** Whether nothing was read yet in the innermost object or list. */
    private boolean first;

    /** Whether the current value was not looked at yet. */
    private boolean pending;

    private int fields;

    JsonCursor(int maxBodyBytes) {
        this.maxBodyBytes = maxBodyBytes;
    }

    /** The longest body it is for. */
    int maxBodyBytes() {
        return maxBodyBytes;
    }

    /** Begins a body that {@link BodyBytes#check} let pass. */
    void open(byte[] body, int start) {
        json.open(body, start);
        fields = 0;
        depth = 0;
        objects = 0;
    }

    /** Steps into the root object. */
    void openObject() throws RefusedException {
        int next = json.peek();
        if (next == JsonBytes.END) {
            throw new RefusedException(RejectReason.EMPTY_BODY, "the body is blank");
        }
        value(next);
        JsonKind root = KINDS[kind];
        if (root != JsonKind.OBJECT) {
            // Walks to the end first: nonsense that never closes is malformed or too deep.
            skip();
            throw new RefusedException(
                    RejectReason.NOT_AN_OBJECT, "wanted a JSON object, got " + root.words());
        }
    }

    /** Refuses the message when it is not UTF-8, for which there is no place but in strings. */
    void requireUtf8() throws RefusedException {
        json.requireUtf8();
    }

    /** Refuses anything but blanks after the root object. */
    void expectEnd() throws RefusedException {
        if (json.peek() != JsonBytes.END) {
            throw new RefusedException(
                    RejectReason.TRAILING_DATA, "wanted nothing after the object, got more");
        }
    }

    /** The next field's name, its value current; null at the end of the object. */
    @Nullable FieldName nextField(FieldOrder order) throws RefusedException {
        FieldName name = json.take(order, !first);
        if (name != null) {
            first = false;
        } else if (nextMember()) {
            name = order.named(readName());
        } else {
            return null;
        }
        boolean fresh = order.add(name);
        countField();
        if (!fresh) {
            throw new RefusedException(
                    RejectReason.DUPLICATE_KEY,
                    "wanted each key once, got another '" + name.text() + "'");
        }
        pending = true;
        return name;
    }

    private String readName() throws RefusedException {
        stepOverName();
        String name = names.of(json.text(), json.textOffset(), json.textLength(), json.isAscii());
        stepOverColon();
        return name;
    }

    /** Steps to the next name of the innermost object; false when the object ended instead. */
    private boolean nextMember() throws RefusedException {
        int next = json.peek();
        if (next == '}') {
            close();
            return false;
        }
        if (!first) {
            if (next != ',') {
                throw json.malformed("a comma or the end of the object");
            }
            json.step();
            next = json.peek();
        }
        first = false;
        if (next != '"') {
            throw json.malformed("a name in quotes");
        }
        return true;
    }

    private void stepOverName() throws RefusedException {
        json.string();
        if (json.textLength() > MAX_NAME_BYTES) {
            throw new RefusedException(
                    RejectReason.TOO_LARGE,
                    "wanted names of at most %d bytes, got one of %d"
                            .formatted(MAX_NAME_BYTES, json.textLength()));
        }
        if (!json.isAscii()
                && Utf8.hasLoneSurrogate(json.text(), json.textOffset(), json.textLength())) {
            throw json.malformed("a name without lone surrogates");
        }
    }

    private void stepOverColon() throws RefusedException {
        if (json.peek() != ':') {
            throw json.malformed("a colon");
        }
        json.step();
    }

    /** The next value of the innermost list, made current; the end of the list is one, too. */
    JsonKind nextItem() throws RefusedException {
        int next = json.peek();
        if (next == ']') {
            close();
            kind = JsonKind.END_OF_LIST.ordinal();
            return JsonKind.END_OF_LIST;
        }
        if (!first) {
            if (next != ',') {
                throw json.malformed("a comma or the end of the list");
            }
            json.step();
            next = json.peek();
        }
        first = false;
        value(next);
        return KINDS[kind];
    }

    private void close() {
        json.step();
        depth--;
        objects >>>= 1;
        first = false;
    }

    /** Makes the value that begins with that byte current. */
    private void value(int next) throws RefusedException {
        pending = false;
        switch (next) {
            case '"' -> {
                json.string();
                kind = JsonKind.STRING.ordinal();
            }
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' ->
                    kind = json.number().ordinal();
            case '[' -> open(JsonKind.LIST, 0);
            case '{' -> open(JsonKind.OBJECT, 1);
            case 't' -> literal(TRUE, JsonKind.TRUE);
            case 'f' -> literal(FALSE, JsonKind.FALSE);
            case 'n' -> literal(NULL, JsonKind.NULL);
            default -> throw json.malformed("a JSON value");
        }
    }

    private void literal(byte[] word, JsonKind is) throws RefusedException {
        json.literal(word);
        kind = is.ordinal();
    }

    private void open(JsonKind is, int bit) throws RefusedException {
        json.step();
        depth++;
        if (depth > MAX_DEPTH) {
            throw new RefusedException(
                    RejectReason.TOO_DEEP, "wanted at most " + MAX_DEPTH + " levels");
        }
        objects = (objects << 1) | bit;
        first = true;
        kind = is.ordinal();
    }

    /** Steps over the current value, whatever it holds. */
    void skip() throws RefusedException {
        JsonKind here = kind();
        if (here != JsonKind.OBJECT && here != JsonKind.LIST) {
            return;
        }
        int outside = depth - 1;
        while (depth > outside) {
            if ((objects & 1) == 0) {
                nextItem();
            } else if (nextMember()) {
                stepOverName();
                stepOverColon();
                countField();
                value(json.peek());
            }
        }
    }

    private void countField() throws RefusedException {
        fields++;
        if (fields > MAX_FIELDS) {
            throw new RefusedException(
                    RejectReason.TOO_MANY_FIELDS, "wanted at most " + MAX_FIELDS + " fields");
        }
    }

    /** What the current value is. */
    JsonKind kind() throws RefusedException {
        if (pending) {
            value(json.peek());
        }
        return KINDS[kind];
    }

    /**
     * The current value where it is a number, or a string that holds one, without an exponent and
     * of at most 18 digits; NaN for any other. To be consumed by {@link #takePlain}; else the value
     * is as if it had not been asked for.
     */
    double plainNumber() {
        return pending ? json.plainNumber() : Double.NaN;
    }

    /** Such a whole number, not below zero; -1 for any other. */
    long plainWhole() {
        return pending ? json.plainWhole() : -1;
    }

    /**
     * Consumes the current value where it is a string of printable ASCII without escapes; any other
     * is as if it had not been asked for.
     */
    boolean plainText(int likelyLength) {
        if (!pending || !json.plainText(likelyLength)) {
            return false;
        }
        kind = JsonKind.STRING.ordinal();
        pending = false;
        return true;
    }

    /** Consumes the current value, no object and no list, where it is written so. */
    boolean take(ExpectedBytes value) {
        if (!pending || !json.take(value)) {
            return false;
        }
        pending = false;
        return true;
    }

    /** Consumes the current value where it is a time of the usual form; else UNKNOWN_TIME. */
    long takeTime(MinuteMemo times) {
        long micros = pending ? json.takeTime(times) : EventHeader.UNKNOWN_TIME;
        pending &= micros == EventHeader.UNKNOWN_TIME;
        return micros;
    }

    /** Consumes the plain number. */
    void takePlain() {
        json.takePlain();
        pending = false;
    }

    /**
     * Adds the levels that stand first in the list just entered, as far as they are of the usual
     * form; the next item is the one behind them.
     */
    void takePlainLevels(LevelBuffer into, int maxLevels) {
        if (json.takePlainLevels(into, maxLevels)) {
            first = false;
        }
    }

    /** The array that holds the current string (unescaped) or number, in UTF-8. */
    byte[] text() {
        return json.text();
    }

    /** The message. */
    byte[] body() {
        return json.body();
    }

    /** Whether the current string or number stands in the body as it is. */
    boolean isInBody() {
        return json.isInBody();
    }

    /** Whether the current string is that, in ASCII. */
    boolean textIs(byte[] word) {
        return json.textIs(word);
    }

    int textOffset() {
        return json.textOffset();
    }

    int textLength() {
        return json.textLength();
    }

    boolean isAscii() {
        return json.isAscii();
    }

    /** Whether the current string is printable ASCII. */
    boolean isPrintable() {
        return json.isPrintable();
    }

    /** The length of the current string in UTF-16 units, as limits are given. */
    int charLength() {
        return json.isAscii()
                ? json.textLength()
                : Utf8.charLength(json.text(), json.textOffset(), json.textLength());
    }

    /** The current value for a message: its text where it has one, else its kind. */
    String describeValue() throws RefusedException {
        JsonKind here = kind();
        if (here != JsonKind.STRING && !here.isNumber()) {
            return here.words();
        }
        String text = Utf8.decode(json.text(), json.textOffset(), json.textLength(), MAX_DESCRIBED);
        return here.isNumber() ? text : '"' + text + '"';
    }
}
