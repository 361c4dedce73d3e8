package io.tidemark.server.ledger;

/**
 * Messages by fate, as clients see them.
 *
 * @param messages the sum of the four
 */
record Counts(long messages, long accepted, long duplicate, long late, long rejected) {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    static Counts of(TypeCounts of) {
        return new Counts(
                of.accepted() + of.duplicate() + of.late() + of.rejected(),
                of.accepted(),
                of.duplicate(),
                of.late(),
                of.rejected());
    }

    Counts plus(Counts other) {
        return new Counts(
                messages + other.messages,
                accepted + other.accepted,
                duplicate + other.duplicate,
                late + other.late,
                rejected + other.rejected);
    }
}
