package io.tidemark.server.drift;

import io.tidemark.features.drift.Moments;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of {@code drift_report} with its baseline, see there; null where it cannot be told. */
public record StoredDrift(
        long version,
        String symbol,
        String feature,
        OffsetDateTime windowStart,
        OffsetDateTime windowEnd,
        long samples,
        @Nullable Double effectiveSamples,
        @Nullable Double recentMean,
        @Nullable Double recentStd,
        @Nullable Double meanDeviationRatio,
        @Nullable Double stdDeviationRatio,
        @Nullable Double missingRateChange,
        @Nullable Double psi,
        @Nullable Double psiThreshold,
        @Nullable Double pValue,
        @Nullable Double jensenShannon,
        @Nullable Double kolmogorovSmirnov,
        @Nullable Double wasserstein,
        boolean drift,
        List<Long> counts,
        List<Double> edges,
        List<Long> baselineCounts,
        long finiteValues,
        double mean,
        double squares) {

    /** Whether enough was known to call it drift or no drift. */
    boolean isTellable() {
        return pValue != null;
    }

    /** For a decision over many; NaN is no test. */
    double chance() {
        return pValue == null ? Double.NaN : pValue;
    }

    /** Of the train split; null of fewer than two values. */
    @Nullable Double baselineStd() {
        double std = new Moments(finiteValues, mean, squares).std();
        return Double.isNaN(std) ? null : (Double) std;
    }

    /** Whether a ratio is above a fixed threshold, calibrated or not. */
    boolean exceeds(double threshold) {
        return (meanDeviationRatio != null && meanDeviationRatio > threshold)
                || (stdDeviationRatio != null && stdDeviationRatio > threshold);
    }
}
