package io.tidemark.schemas.wire;

import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.RejectReason;

/** The checksum of a book message: a signed 32-bit number, the only negative one on the wire. */
final class BookChecksumField {
    private BookChecksumField() {}

    /** The checksum; {@link BookUpdate#NO_CHECKSUM} where null or an empty string. */
    static long read(String field, Fields in) throws RefusedException {
        JsonCursor cursor = in.cursor();
        JsonKind kind = cursor.kind();
        if (kind == JsonKind.NULL) {
            return BookUpdate.NO_CHECKSUM;
        }
        if (kind != JsonKind.STRING && kind != JsonKind.INTEGER) {
            throw in.refusals().of(RejectReason.WRONG_TYPE, field, "a whole number");
        }
        byte[] text = cursor.text();
        int at = cursor.textOffset();
        int end = at + cursor.textLength();
        if (at == end) {
            return BookUpdate.NO_CHECKSUM;
        }
        if (end - at > JsonCursor.MAX_NUMBER_LENGTH) {
            throw in.refusals().of(RejectReason.NUMBER_TOO_LONG, field, "at most 64 digits");
        }
        boolean negative = text[at] == '-' && end - at > 1;
        long magnitude = 0;
        for (int i = negative ? at + 1 : at; i < end; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                throw in.refusals().of(RejectReason.WRONG_TYPE, field, "a whole number");
            }
            // Stays above any 32-bit number once it is.
            magnitude = Math.min(magnitude * 10 + digit, 1L << 40);
        }
        long value = negative ? -magnitude : magnitude;
        if (value != (int) value) {
            throw in.refusals().of(RejectReason.OUT_OF_RANGE, field, "a signed 32-bit number");
        }
        return value;
    }
}
