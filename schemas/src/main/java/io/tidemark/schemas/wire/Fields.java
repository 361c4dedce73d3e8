package io.tidemark.schemas.wire;

import io.tidemark.schemas.event.RejectReason;

/** What a payload reader reads with: the walk itself and the two kinds of value. */
record Fields(JsonCursor cursor, FieldRefusals refusals, FieldNumbers numbers, FieldTexts texts) {

    static Fields over(JsonCursor cursor) {
        FieldRefusals refusals = new FieldRefusals(cursor);
        return new Fields(
                cursor,
                refusals,
                new FieldNumbers(cursor, refusals),
                new FieldTexts(cursor, refusals));
    }

    /** The refusal of a message that lacks the field. */
    static RefusedException missing(String field) {
        return new RefusedException(RejectReason.MISSING_FIELD, field + ": is missing");
    }

    /** The refusal of a message that lacks the time. */
    static RefusedException missingTime(String field) {
        return new RefusedException(RejectReason.BAD_TIMESTAMP, field + ": is missing");
    }
}
