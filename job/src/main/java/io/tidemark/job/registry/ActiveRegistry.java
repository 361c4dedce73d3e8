package io.tidemark.job.registry;

import java.io.Serializable;

/**
 * The registry a job begins with when no savepoint says another.
 *
 * @param activation its number in the store; 0 when the store was not asked
 */
public record ActiveRegistry(long activation, Registry registry) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** A registry the store need not know. */
    public static ActiveRegistry unstored(Registry registry) {
        return new ActiveRegistry(0, registry);
    }
}
