package io.tidemark.job.registry;

import java.io.Serializable;

/**
 * From a time on, rows are made by another registry.
 *
 * @param ordinal counts the changes of a job, from 1; a registry it began with has none
 * @param activation the number of the activation in the store
 * @param fromMicros T, microseconds since the epoch: events from T on, and rows after T, are the
 *     registry's, for every symbol
 */
public record RegistryChange(long ordinal, long activation, Registry registry, long fromMicros)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Before any time: a registry the job began with. */
    public static final long ALWAYS = Long.MIN_VALUE;

    /** What a job begins with. */
    public static RegistryChange begin(ActiveRegistry active) {
        return new RegistryChange(0, active.activation(), active.registry(), ALWAYS);
    }
}
