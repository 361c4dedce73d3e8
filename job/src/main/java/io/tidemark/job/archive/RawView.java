package io.tidemark.job.archive;

/** Which events of the raw archive count. */
public enum RawView {
    /** Those in the rows that were served: what came too late live stays out. */
    AS_SERVED,

    /** All of them, also those that came too late live. */
    FINAL,

    /** Only those that came too late live. */
    LATE
}
