package io.tidemark.features.sequential;

/** What is proven of a challenger. */
public enum Verdict {
    /** Nothing yet. */
    OPEN,

    /** Its loss is smaller. */
    BETTER,

    /** Its loss is larger. */
    WORSE
}
