package io.tidemark.schemas.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * A field's name, and how it stands in a message that has no needless blanks.
 *
 * @param text the name; printable ASCII without quotes and backslashes, where it has a place
 * @param code what its reader calls it; {@link #SKIP} for a field nobody asks for
 * @param place its place among the names of its object, 0 to 63; {@link #NO_PLACE} when not learnt
 * @param quoted the name in quotes, with its colon
 */
record FieldName(String text, int code, int place, ExpectedBytes quoted) {
    /** The code of a field nobody asks for; readers' own are not negative. */
    static final int SKIP = -1;

    /** The place of a name that is not learnt. */
    static final int NO_PLACE = -1;

    static FieldName of(String text, int code, int place) {
        return new FieldName(
                text, code, place, ExpectedBytes.of(('"' + text + "\":").getBytes(US_ASCII)));
    }
}
