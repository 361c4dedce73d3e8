package io.tidemark.features.drift;

import java.util.Arrays;

/**
 * What a window says of one feature.
 *
 * @param counts of the window by the baseline's bins, that of NaN last
 * @param recent of the window's finite values
 * @param reading the window held to the baseline
 * @param drift whether that is called drift, among all the features read at once
 * @param alarm that is open after this window, or was closed by it; {@link DriftAlarm#NONE} else
 */
public record FeatureDrift(
        long[] counts, Moments recent, DriftReading reading, boolean drift, DriftAlarm alarm) {

    /** As the numbers are, not as the arrays are. */
    @Override
    public boolean equals(Object other) {
        return other instanceof FeatureDrift that
                && Arrays.equals(counts, that.counts)
                && recent.equals(that.recent)
                && reading.equals(that.reading)
                && drift == that.drift
                && alarm.equals(that.alarm);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(counts) + recent.hashCode();
    }

    @Override
    public String toString() {
        return "%s, %s, drift %s, %s".formatted(Arrays.toString(counts), reading, drift, alarm);
    }
}
