package io.tidemark.schemas.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tidemark.schemas.event.RejectReason;
import io.tidemark.schemas.event.Symbols;
import org.jspecify.annotations.Nullable;

/**
 * Reads the cursor's current value as a text or a flag, or refuses it by name. A JSON null and an
 * empty string mean absent. Texts are held, not answered: see {@link HeldText}.
 */
final class FieldTexts {
    private static final ExpectedBytes TRUE = ExpectedBytes.of("true".getBytes(US_ASCII));
    private static final ExpectedBytes FALSE = ExpectedBytes.of("false".getBytes(US_ASCII));

    private final JsonCursor cursor;
    private final FieldRefusals refusals;

    FieldTexts(JsonCursor cursor, FieldRefusals refusals) {
        this.cursor = cursor;
        this.refusals = refusals;
    }

    /** True or false; null where absent. */
    @Nullable Boolean flag(String field) throws RefusedException {
        if (cursor.take(FALSE)) {
            return Boolean.FALSE;
        }
        if (cursor.take(TRUE)) {
            return Boolean.TRUE;
        }
        return switch (cursor.kind()) {
            case TRUE -> Boolean.TRUE;
            case FALSE -> Boolean.FALSE;
            case NULL -> null;
            default -> throw refusals.of(RejectReason.WRONG_TYPE, field, "true or false");
        };
    }

    /** Whether the value is a string that is not empty; refuses what is neither string nor null. */
    boolean isPresent(String field) throws RefusedException {
        return isPresent(field, 0);
    }

    private boolean isPresent(String field, int likelyLength) throws RefusedException {
        if (cursor.plainText(likelyLength)) {
            return cursor.textLength() > 0;
        }
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

    /**
     * Which of the words the string is, by index; -1 where absent.
     *
     * @param wanted the words for a message
     */
    int choice(String field, Word[] words, String wanted) throws RefusedException {
        for (int i = 0; i < words.length; i++) {
            if (cursor.take(words[i].quoted())) {
                return i;
            }
        }
        if (!isPresent(field)) {
            return -1;
        }
        for (int i = 0; i < words.length; i++) {
            if (cursor.textIs(words[i].text())) {
                return i;
            }
        }
        throw refusals.of(RejectReason.BAD_ENUM, field, wanted);
    }

    /** Holds the string, at most that long. */
    void text(String field, int maxLength, PooledText into) throws RefusedException {
        if (!isPresent(field, into.likelyLength()) || isKnown(into)) {
            return;
        }
        if (cursor.charLength() > maxLength) {
            throw refusals.of(
                    RejectReason.OUT_OF_RANGE, field, "at most " + maxLength + " characters");
        }
        hold(into);
    }

    private boolean isKnown(PooledText into) {
        return cursor.isAscii()
                && into.holdKnown(cursor.text(), cursor.textOffset(), cursor.textLength());
    }

    private void hold(PooledText into) {
        into.hold(cursor.text(), cursor.textOffset(), cursor.textLength(), cursor.isAscii());
    }

    /**
     * Holds the string when it is at most that long and has no control characters. For what only
     * labels a message.
     */
    void label(String field, int maxLength, HeldText into) throws RefusedException {
        if (!isPresent(field, into.likelyLength()) || cursor.charLength() > maxLength) {
            return;
        }
        if (cursor.isPrintable()) {
            hold(into);
            return;
        }
        String text = string();
        if (text.chars().noneMatch(Character::isISOControl)) {
            into.hold(text);
        }
    }

    /** Holds a string of printable ASCII. */
    private void hold(HeldText into) {
        if (cursor.isInBody()) {
            into.hold(cursor.textOffset(), cursor.textLength());
        } else {
            into.hold(string());
        }
    }

    private String string() {
        int length = cursor.textLength();
        return Utf8.decode(cursor.text(), cursor.textOffset(), length, length);
    }

    /** Holds the venue's identity: at most that many printable ASCII characters. */
    void identity(String field, int maxLength, HeldText into) throws RefusedException {
        boolean plain = cursor.plainText(into.likelyLength());
        if (plain && cursor.textLength() == 0) {
            return;
        }
        if (!plain && cursor.kind() != JsonKind.INTEGER && !isPresent(field)) {
            return;
        }
        if (!cursor.isPrintable() || cursor.textLength() > maxLength) {
            throw refusals.of(
                    RejectReason.OUT_OF_RANGE,
                    field,
                    "at most " + maxLength + " printable ASCII characters");
        }
        hold(into);
    }

    /** Holds the symbol. */
    void symbol(String field, PooledText into) throws RefusedException {
        // What the pool has was a symbol when it came first.
        if (!isPresent(field, into.likelyLength()) || isKnown(into)) {
            return;
        }
        // A longer text is none, and must not be made a string first.
        String symbol = cursor.textLength() > Symbols.MAX_LENGTH ? "" : string();
        if (!Symbols.isSymbol(symbol)) {
            throw refusals.of(RejectReason.BAD_SYMBOL, field, "2 to 40 of A-Z 0-9 _ -");
        }
        hold(into);
    }
}
