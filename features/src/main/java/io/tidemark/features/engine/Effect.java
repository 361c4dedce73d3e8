package io.tidemark.features.engine;

/** What an accepted event did. */
public enum Effect {
    /** It is in the state. */
    APPLIED,
    /**
     * Book messages are missing: the book is invalid until the next full one. Said once a gap; the
     * moment to ask for a resync.
     */
    BOOK_GAP,
    /**
     * The venue's checksum says that the book is another than the venue's: it is invalid until the
     * next full one. Said at each message whose checksum did not fit; the moment to ask for a
     * resync.
     */
    BOOK_MISMATCH,
    /** A book message that changed nothing: old, after a reported gap, or of a shallower feed. */
    BOOK_IGNORED,
    /** The venue's service restarted; the message was a full book. */
    BOOK_RESTART
}
