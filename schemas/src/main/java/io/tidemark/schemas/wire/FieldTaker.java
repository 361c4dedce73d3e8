package io.tidemark.schemas.wire;

/** What a reader does with the field of one name. */
@FunctionalInterface
interface FieldTaker {
    /** Steps over a field nobody asks for. */
    FieldTaker SKIP = (name, in) -> in.cursor().skip();

    /** Consumes the cursor's current value, which is the field's. */
    void take(String name, Fields in) throws RefusedException;
}
