package io.tidemark.job.features;

import io.tidemark.features.registry.FeatureSet;
import io.tidemark.job.registry.RegistryChange;

/**
 * The registry of a stretch of time, compiled: events from its begin to its end, and the rows after
 * its begin up to its end, are its own.
 */
final class Governing {
    private final long ordinal;
    private final long fromMicros;
    private final FeatureSet features;
    private final Grid grid;
    private long untilMicros = Long.MAX_VALUE;

    Governing(RegistryChange change) {
        this(change.ordinal(), change.fromMicros(), change.registry().compile());
    }

    private Governing(long ordinal, long fromMicros, FeatureSet features) {
        this.ordinal = ordinal;
        this.fromMicros = fromMicros;
        this.features = features;
        grid = new Grid(features.stepMicros(), features.cadenceMicros());
    }

    /** Features that make all rows. */
    static Governing always(FeatureSet features) {
        return new Governing(0, RegistryChange.ALWAYS, features);
    }

    long ordinal() {
        return ordinal;
    }

    long fromMicros() {
        return fromMicros;
    }

    FeatureSet features() {
        return features;
    }

    /** Another one follows at that time. */
    void endAt(long micros) {
        untilMicros = micros;
    }

    long untilMicros() {
        return untilMicros;
    }

    /** The end of the step the time belongs to; the last step ends with the stretch. */
    long stepEnd(long timeMicros) {
        return Math.min(grid.stepEnd(timeMicros), untilMicros);
    }

    /** The last step end that a watermark of this stretch closes. */
    long closedBy(long watermarkMillis) {
        return Math.max(fromMicros(), grid.closedBy(watermarkMillis));
    }

    boolean isRowTime(long stepEndMicros) {
        return grid.isRowTime(stepEndMicros);
    }
}
