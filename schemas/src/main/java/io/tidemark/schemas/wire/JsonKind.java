package io.tidemark.schemas.wire;

/** What stands at a place of a JSON text. */
enum JsonKind {
    OBJECT("an object"),
    LIST("a list"),
    END_OF_LIST("the end of the list"),
    STRING("a string"),
    /** A number without fraction and exponent. */
    INTEGER("a number"),
    /** A number with a fraction, an exponent or both. */
    DECIMAL("a number"),
    TRUE("true"),
    FALSE("false"),
    NULL("null");

    private final String words;

    JsonKind(String words) {
        this.words = words;
    }

    /** The kind in a message. */
    String words() {
        return words;
    }

    boolean isNumber() {
        return this == INTEGER || this == DECIMAL;
    }
}
