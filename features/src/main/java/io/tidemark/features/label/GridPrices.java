package io.tidemark.features.label;

/** P(t) at grid times, microseconds since the epoch: in a file's worth of memory, or in state. */
public interface GridPrices {
    /** P(t); NaN when it is undefined, or not known here. */
    double at(long gridTimeMicros);

    /** Time between grid times. */
    long cadenceMicros();
}
