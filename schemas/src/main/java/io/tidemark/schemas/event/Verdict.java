package io.tidemark.schemas.event;

/** What became of a well-formed event. In the archive's {@code verdict} column; append only. */
public enum Verdict {
    /** In the rows that were served. */
    ACCEPTED,
    /** Came after its row was emitted: kept, in no served row. */
    LATE,
    /** Seen before: kept apart, so that every message is accounted for. */
    DUPLICATE
}
