package io.tidemark.server.access;

/** What a route asks of its caller. */
public enum Access {
    /** Nothing: probes, metrics, the contract. */
    OPEN,
    /** The read key, while one is configured; the admin key reads too. */
    READ,
    /** The admin key; while none is configured nobody may. */
    ADMIN
}
