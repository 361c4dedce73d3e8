package io.tidemark.schemas.wire;

import io.tidemark.schemas.event.RejectReason;
import io.tidemark.schemas.event.Symbols;
import java.nio.charset.StandardCharsets;
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
    @Nullable Boolean flag(String field) throws RefusedException {
        return switch (cursor.kind()) {
            case TRUE -> Boolean.TRUE;
            case FALSE -> Boolean.FALSE;
            case NULL -> null;
            default -> throw refusals.of(RejectReason.WRONG_TYPE, field, "true or false");
        };
    }

    /** The string, however long; null where absent. */
    @Nullable String text(String field) throws RefusedException {
        if (!hasText(field)) {
            return null;
        }
        return pooled();
    }

    private String pooled() {
        return pool.of(cursor.text(), cursor.textOffset(), cursor.textLength(), cursor.isAscii());
    }

    /** The string, at most that long; null where absent. */
    @Nullable String text(String field, int maxLength) throws RefusedException {
        if (!hasText(field)) {
            return null;
        }
        if (cursor.charLength() > maxLength) {
            throw refusals.of(
                    RejectReason.OUT_OF_RANGE, field, "at most " + maxLength + " characters");
        }
        return pooled();
    }

    /**
     * The string when it is at most that long and has no control characters; null where absent or
     * not so. For what only labels a message.
     */
    @Nullable String label(String field, int maxLength) throws RefusedException {
        if (!hasText(field) || cursor.charLength() > maxLength) {
            return null;
        }
        if (cursor.isPrintable()) {
            return ascii();
        }
        String text = pooled();
        return text.chars().anyMatch(Character::isISOControl) ? null : text;
    }

    private String ascii() {
        return new String(
                cursor.text(),
                cursor.textOffset(),
                cursor.textLength(),
                StandardCharsets.ISO_8859_1);
    }

    /** The venue's identity: at most that many printable ASCII characters; null where absent. */
    @Nullable String identity(String field, int maxLength) throws RefusedException {
        if (cursor.kind() != JsonKind.INTEGER && !hasText(field)) {
            return null;
        }
        if (!cursor.isPrintable() || cursor.textLength() > maxLength) {
            throw refusals.of(
                    RejectReason.OUT_OF_RANGE,
                    field,
                    "at most " + maxLength + " printable ASCII characters");
        }
        return ascii();
    }

    /** The symbol; null where absent. */
    @Nullable String symbol(String field) throws RefusedException {
        if (!hasText(field)) {
            return null;
        }
        // A longer text is none, and must not be made a string first.
        String symbol = cursor.textLength() > Symbols.MAX_LENGTH ? "" : pooled();
        if (!Symbols.isSymbol(symbol)) {
            throw refusals.of(RejectReason.BAD_SYMBOL, field, "2 to 40 of A-Z 0-9 _ -");
        }
        return symbol;
    }

    /** Whether the value is a string that is not empty; refuses what is neither string nor null. */
    private boolean hasText(String field) throws RefusedException {
        JsonKind kind = cursor.kind();
        if (kind == JsonKind.NULL) {
            return false;
        }
        if (kind != JsonKind.STRING) {
            throw refusals.of(RejectReason.WRONG_TYPE, field, "a string");
        }
        if (!cursor.isAscii()
                && Utf8.hasLoneSurrogate(cursor.text(), cursor.textOffset(), cursor.textLength())) {
            // It has no UTF-8 form, so it could not be kept as it came.
            throw refusals.of(RejectReason.BAD_ENCODING, field, "text without lone surrogates");
        }
        return cursor.textLength() > 0;
    }
}
