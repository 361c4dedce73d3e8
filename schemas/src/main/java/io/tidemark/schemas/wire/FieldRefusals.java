package io.tidemark.schemas.wire;

import io.tidemark.schemas.event.RejectReason;

/** Words the refusal of the cursor's current value: the field, what was wanted, what came. */
final class FieldRefusals {
    private final JsonCursor cursor;
    private String scope = "";

    FieldRefusals(JsonCursor cursor) {
        this.cursor = cursor;
    }

    /** What stands before a field's name: nothing, or {@code payload.}. */
    void scope(String prefix) {
        scope = prefix;
    }

    RefusedException of(RejectReason reason, String field, String wanted) throws RefusedException {
        return of(reason, field, -1, wanted);
    }

    /** For the list entry of that index; none where negative. */
    RefusedException of(RejectReason reason, String field, int index, String wanted)
            throws RefusedException {
        String entry = index < 0 ? "" : "[" + index + "]";
        return new RefusedException(
                reason,
                scope + field + entry + ": wanted " + wanted + ", got " + cursor.describeValue());
    }
}
