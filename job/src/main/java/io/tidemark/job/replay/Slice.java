package io.tidemark.job.replay;

import io.tidemark.features.registry.FeatureSet;

/**
 * A part of the span that is computed on its own.
 *
 * @param beginMicros no row before it
 * @param endMicros no row at or after it
 * @param readFromMicros events from here on are read: a lookback before the first row, a grid time
 * @param lastRowMicros the last grid time before the end; before the begin when it has none
 */
record Slice(long beginMicros, long endMicros, long readFromMicros, long lastRowMicros) {

    static Slice of(long beginMicros, long endMicros, FeatureSet features) {
        long cadence = features.cadenceMicros();
        long readFrom = Math.floorDiv(beginMicros - features.lookbackMicros(), cadence) * cadence;
        return new Slice(
                beginMicros, endMicros, readFrom, Math.floorDiv(endMicros - 1, cadence) * cadence);
    }

    boolean has(long gridTimeMicros) {
        return gridTimeMicros >= beginMicros && gridTimeMicros < endMicros;
    }
}
