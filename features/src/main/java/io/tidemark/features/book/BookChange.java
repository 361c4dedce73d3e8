package io.tidemark.features.book;

/** What a book message did to the book. */
public enum BookChange {
    /** It is in the book. */
    APPLIED,
    /** It is not the next one: the book is invalid from here to the next full book. */
    GAP,
    /**
     * With it the book is not the venue's, by the venue's own checksum: the book is invalid from
     * here to the next full book whose checksum fits.
     */
    MISMATCH,
    /**
     * It changed nothing: an old message, one after a gap that was reported, or one of a feed that
     * is not used.
     */
    IGNORED,
    /** The venue's service restarted: the message is a full book and the ids begin anew. */
    RESTART
}
