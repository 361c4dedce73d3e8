package io.tidemark.schemas.wire;

import io.tidemark.schemas.event.RejectReason;

/** Words the refusal of the cursor's current value: the field, what was wanted, what came. */
final class FieldRefusals {
    /** The object whose fields are read. */
    enum Scope {
        MESSAGE(""),
        PAYLOAD("payload."),
        FEATURES("features.");

        private final String prefix;

        Scope(String prefix) {
            this.prefix = prefix;
        }
    }

    private static final Scope[] SCOPES = Scope.values();

    private final JsonCursor cursor;

    /** The scope's ordinal, since a reference would cost a write barrier. */
    private int scope;

    FieldRefusals(JsonCursor cursor) {
        this.cursor = cursor;
    }

    /** Whose fields are read from here on. */
    void scope(Scope now) {
        scope = now.ordinal();
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
                SCOPES[scope].prefix
                        + field
                        + entry
                        + ": wanted "
                        + wanted
                        + ", got "
                        + cursor.describeValue());
    }
}
