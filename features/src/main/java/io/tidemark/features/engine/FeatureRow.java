package io.tidemark.features.engine;

import java.util.Arrays;

/**
 * The features of one symbol at one grid time. Immutable by agreement: nobody writes into {@code
 * values}.
 *
 * @param gridTimeMicros T, microseconds since the epoch; only events with time before T are in the
 *     row
 * @param registryVersion the version of the feature registry that made it
 * @param values one per feature, in the registry's order; NaN is undefined
 * @param completeness bits of {@link Completeness}
 * @param eventCount accepted events with time in [T - cadence, T)
 * @param maxEventTimeMicros the latest event time used; always before T
 */
public record FeatureRow(
        String symbol,
        long gridTimeMicros,
        String registryVersion,
        double[] values,
        int completeness,
        long eventCount,
        long maxEventTimeMicros) {

    /** Equality of bits, as the parity checks need: NaN equals NaN, 0.0 differs from -0.0. */
    @Override
    public boolean equals(Object other) {
        return other instanceof FeatureRow that
                && symbol.equals(that.symbol)
                && gridTimeMicros == that.gridTimeMicros
                && registryVersion.equals(that.registryVersion)
                && Arrays.equals(values, that.values)
                && completeness == that.completeness
                && eventCount == that.eventCount
                && maxEventTimeMicros == that.maxEventTimeMicros;
    }

    @Override
    public int hashCode() {
        return 31 * symbol.hashCode() + Long.hashCode(gridTimeMicros);
    }

    @Override
    public String toString() {
        return "FeatureRow[%s, %d, %s, %s]"
                .formatted(symbol, gridTimeMicros, registryVersion, Arrays.toString(values));
    }
}
