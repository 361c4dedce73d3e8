package io.tidemark.features.split;

/** What becomes of a row in a fold. */
public enum Place {
    /** A model learns from it. */
    TRAIN,

    /** A model is chosen by it. */
    VALIDATION,

    /** A model is judged by it. */
    TEST,

    /** Dropped: what it knows or foretells touches the rows of a split it must not know. */
    PURGED,

    /** Dropped: a train row too soon after rows that evaluate. */
    EMBARGOED,

    /** In no span of the fold. */
    OUTSIDE;

    /** Whether the row is in the dataset. */
    public boolean isSplit() {
        return this == TRAIN || this == VALIDATION || this == TEST;
    }
}
