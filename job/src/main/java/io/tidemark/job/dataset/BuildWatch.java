package io.tidemark.job.dataset;

import java.io.IOException;

/** Who is told how far a piece of work is. */
@FunctionalInterface
public interface BuildWatch {
    /** Nobody. */
    BuildWatch NONE = fraction -> {};

    /**
     * So much of the work is done, 0 to 1. Called often.
     *
     * @throws IOException to end it: what is there of it is removed
     */
    void at(double fraction) throws IOException;

    /** Who is told of a part of it: that from one fraction to another. */
    default BuildWatch part(double from, double to) {
        return fraction -> at(from + (to - from) * fraction);
    }
}
