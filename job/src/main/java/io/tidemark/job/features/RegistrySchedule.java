package io.tidemark.job.features;

/** Which registry makes the rows of which time. */
@FunctionalInterface
interface RegistrySchedule {
    /** The one that takes an event of that time, and closes the step after it. */
    Governing at(long micros);
}
