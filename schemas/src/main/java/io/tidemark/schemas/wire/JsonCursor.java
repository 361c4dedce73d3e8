package io.tidemark.schemas.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.tidemark.schemas.event.RejectReason;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A forward walk over one untrusted JSON object: bounded in size, depth, fields and number length,
 * without recursion. After {@link #nextField} the current token is the field's value, and exactly
 * one of {@link #skip}, a method of {@link FieldNumbers} or {@link FieldTexts} or an own walk must
 * consume it. Not thread-safe; reused from message to message.
 */
final class JsonCursor implements AutoCloseable {
    static final int MAX_DEPTH = 64;
    static final int MAX_FIELDS = 1_000;
    static final int MAX_NUMBER_LENGTH = 64;
    private static final int MAX_NAME_LENGTH = 256;

    private final int maxBodyBytes;
    private JsonFactory factory;
    private @Nullable JsonParser parser;
    private int fields;

    JsonCursor(int maxBodyBytes) {
        this.maxBodyBytes = maxBodyBytes;
        this.factory = newFactory(maxBodyBytes);
    }

    private static JsonFactory newFactory(int maxBodyBytes) {
        return new JsonFactoryBuilder()
                .streamReadConstraints(
                        StreamReadConstraints.builder()
                                .maxNestingDepth(MAX_DEPTH)
                                .maxNumberLength(MAX_NUMBER_LENGTH)
                                .maxStringLength(maxBodyBytes)
                                .maxNameLength(MAX_NAME_LENGTH)
                                .build())
                // Names come from outside: they must not stay in the JVM's table of strings.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                // The body has been checked to be UTF-8 when the parser sees it.
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                .build();
    }

    /** Checks the bytes and steps into the root object. */
    void open(byte[] body) throws RefusedException, IOException {
        int start = BodyBytes.check(body, maxBodyBytes);
        fields = 0;
        JsonParser opened = factory.createParser(body, start, body.length - start);
        parser = opened;
        JsonToken first = opened.nextToken();
        if (first == null) {
            throw new RefusedException(RejectReason.EMPTY_BODY, "the body is blank");
        }
        if (first != JsonToken.START_OBJECT) {
            // Walks to the end first: nonsense that never closes is malformed or too deep.
            skip();
            throw new RefusedException(
                    RejectReason.NOT_AN_OBJECT, "wanted a JSON object, got " + describe(first));
        }
    }

    /** Refuses anything but blanks after the root object. */
    void expectEnd() throws RefusedException {
        try {
            if (parser().nextToken() == null) {
                return;
            }
        } catch (IOException e) {
            // Falls through: what cannot be read is something, too.
        }
        throw new RefusedException(
                RejectReason.TRAILING_DATA, "wanted nothing after the object, got more");
    }

    /** The next field's name, its value current; null at the end of the object. */
    @Nullable String nextField(NameSet seen) throws RefusedException, IOException {
        String name = parser().nextFieldName();
        if (name == null) {
            return null;
        }
        countField();
        if (!seen.add(name)) {
            throw new RefusedException(
                    RejectReason.DUPLICATE_KEY, "wanted each key once, got another '" + name + "'");
        }
        parser().nextToken();
        return name;
    }

    /** Steps over the current value, whatever it holds. */
    void skip() throws RefusedException, IOException {
        int depth = 0;
        JsonToken at = token();
        while (true) {
            if (at.isStructStart()) {
                depth++;
            } else if (at.isStructEnd()) {
                depth--;
            } else if (at == JsonToken.FIELD_NAME) {
                countField();
            }
            if (depth == 0) {
                return;
            }
            at = next();
        }
    }

    private void countField() throws RefusedException {
        fields++;
        if (fields > MAX_FIELDS) {
            throw new RefusedException(
                    RejectReason.TOO_MANY_FIELDS, "wanted at most " + MAX_FIELDS + " fields");
        }
    }

    /** The current token. */
    JsonToken token() {
        return Objects.requireNonNull(parser().currentToken());
    }

    /** The next token; the end of the input inside the object is an exception of the parser. */
    JsonToken next() throws IOException {
        JsonToken next = parser().nextToken();
        if (next == null) {
            throw new IOException("unexpected end of input");
        }
        return next;
    }

    char[] chars() throws IOException {
        return parser().getTextCharacters();
    }

    int charsOffset() throws IOException {
        return parser().getTextOffset();
    }

    int charsLength() throws IOException {
        return parser().getTextLength();
    }

    /** The current value for a message: its text where it has one, else its kind. */
    String describeValue() throws IOException {
        JsonToken token = token();
        if (token.isNumeric() || token == JsonToken.VALUE_STRING) {
            String text = new String(chars(), charsOffset(), Math.min(charsLength(), 64));
            return token.isNumeric() ? text : '"' + text + '"';
        }
        return describe(token);
    }

    private static String describe(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE -> "true";
            case VALUE_FALSE -> "false";
            case VALUE_NULL -> "null";
            default -> token.name();
        };
    }

    /** What the parser's complaint means. */
    RefusedException refusal(IOException complaint) {
        String message = String.valueOf(complaint.getMessage());
        if (complaint instanceof StreamConstraintsException) {
            // Colliding names could fill the table of names the parsers share: start a new one.
            factory = newFactory(maxBodyBytes);
            if (message.contains("nesting depth")) {
                return new RefusedException(RejectReason.TOO_DEEP, message);
            }
            return new RefusedException(
                    message.startsWith("Number")
                            ? RejectReason.NUMBER_TOO_LONG
                            : RejectReason.TOO_LARGE,
                    message);
        }
        return new RefusedException(RejectReason.MALFORMED, message);
    }

    private JsonParser parser() {
        return Objects.requireNonNull(parser, "no message is open");
    }

    /** Gives the parser's buffers back. */
    @Override
    public void close() {
        JsonParser open = parser;
        parser = null;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (IOException e) {
            throw new IllegalStateException("closing a parser of bytes does no input", e);
        }
    }
}
