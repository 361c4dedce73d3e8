package io.tidemark.schemas.wire;

import com.fasterxml.jackson.core.JsonToken;
import io.tidemark.schemas.event.RejectReason;
import io.tidemark.schemas.event.Symbols;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the cursor's current value as a text or a flag, or refuses it by name. A JSON null and an
 * empty string mean absent.
 */
final class FieldTexts {
    private final JsonCursor cursor;
    private final FieldRefusals refusals;
    private final TextPool pool = new TextPool();

    FieldTexts(JsonCursor cursor, FieldRefusals refusals) {
        this.cursor = cursor;
        this.refusals = refusals;
    }

    /** True or false; null where absent. */
    @Nullable Boolean flag(String field) throws RefusedException, IOException {
        return switch (cursor.token()) {
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            default -> throw refusals.of(RejectReason.WRONG_TYPE, field, "true or false");
        };
    }

    /** The string, however long; null where absent. */
    @Nullable String text(String field) throws RefusedException, IOException {
        if (!hasText(field)) {
            return null;
        }
        return pool.of(cursor.chars(), cursor.charsOffset(), cursor.charsLength());
    }

    /** The string, at most that long; null where absent. */
    @Nullable String text(String field, int maxLength) throws RefusedException, IOException {
        if (!hasText(field)) {
            return null;
        }
        int length = cursor.charsLength();
        if (length > maxLength) {
            throw refusals.of(
                    RejectReason.OUT_OF_RANGE, field, "at most " + maxLength + " characters");
        }
        return pool.of(cursor.chars(), cursor.charsOffset(), length);
    }

    /**
     * The string when it is at most that long and has no control characters; null where absent or
     * not so. For what only labels a message.
     */
    @Nullable String label(String field, int maxLength) throws RefusedException, IOException {
        if (!hasText(field) || cursor.charsLength() > maxLength) {
            return null;
        }
        char[] text = cursor.chars();
        int offset = cursor.charsOffset();
        int length = cursor.charsLength();
        for (int i = 0; i < length; i++) {
            if (Character.isISOControl(text[offset + i])) {
                return null;
            }
        }
        return new String(text, offset, length);
    }

    /** The venue's identity: at most that many printable ASCII characters; null where absent. */
    @Nullable String identity(String field, int maxLength) throws RefusedException, IOException {
        if (cursor.token() != JsonToken.VALUE_NUMBER_INT && !hasText(field)) {
            return null;
        }
        char[] text = cursor.chars();
        int offset = cursor.charsOffset();
        int length = cursor.charsLength();
        boolean fits = length <= maxLength;
        for (int i = 0; fits && i < length; i++) {
            fits = text[offset + i] >= 0x20 && text[offset + i] < 0x7F;
        }
        if (!fits) {
            throw refusals.of(
                    RejectReason.OUT_OF_RANGE,
                    field,
                    "at most " + maxLength + " printable ASCII characters");
        }
        return new String(text, offset, length);
    }

    /** The symbol; null where absent. */
    @Nullable String symbol(String field) throws RefusedException, IOException {
        if (!hasText(field)) {
            return null;
        }
        int length = Math.min(cursor.charsLength(), Symbols.MAX_LENGTH + 1);
        String symbol = pool.of(cursor.chars(), cursor.charsOffset(), length);
        if (!Symbols.isSymbol(symbol)) {
            throw refusals.of(RejectReason.BAD_SYMBOL, field, "2 to 40 of A-Z 0-9 _ -");
        }
        return symbol;
    }

    /** Whether the value is a string that is not empty; refuses what is neither string nor null. */
    private boolean hasText(String field) throws RefusedException, IOException {
        JsonToken token = cursor.token();
        if (token == JsonToken.VALUE_NULL) {
            return false;
        }
        if (token != JsonToken.VALUE_STRING) {
            throw refusals.of(RejectReason.WRONG_TYPE, field, "a string");
        }
        char[] text = cursor.chars();
        int end = cursor.charsOffset() + cursor.charsLength();
        for (int i = cursor.charsOffset(); i < end; i++) {
            if (Character.isSurrogate(text[i])) {
                if (i + 1 == end || !Character.isSurrogatePair(text[i], text[i + 1])) {
                    // It has no UTF-8 form, so it could not be kept as it came.
                    throw refusals.of(
                            RejectReason.BAD_ENCODING, field, "text without lone surrogates");
                }
                i++;
            }
        }
        return cursor.charsLength() > 0;
    }
}
