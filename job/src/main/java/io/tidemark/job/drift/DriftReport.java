package io.tidemark.job.drift;

import io.tidemark.features.drift.FeatureDrift;
import io.tidemark.job.rows.ExplicitTypeInfo;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A window of a symbol's rows held to the active model's baselines.
 *
 * @param version of the model
 * @param registryVersion of the rows
 * @param startMicros the rows' grid times are after this
 * @param endMicros and up to this
 * @param names of the features
 * @param features what the window says of each, in that order
 */
public record DriftReport(
        long version,
        String symbol,
        String registryVersion,
        long startMicros,
        long endMicros,
        List<String> names,
        List<FeatureDrift> features) {
    /** Of one length. */
    public DriftReport {
        names = List.copyOf(names);
        features = List.copyOf(features);
        if (names.size() != features.size()) {
            throw new IllegalArgumentException(
                    names.size() + " names for " + features.size() + " features");
        }
    }

    /**
     * {@code drift_detected}, {@code healthy}, or {@code insufficient_data} when none can be told.
     */
    public String status() {
        if (features.stream().anyMatch(FeatureDrift::drift)) {
            return "drift_detected";
        }
        return features.stream().anyMatch(one -> one.reading().isTellable())
                ? "healthy"
                : "insufficient_data";
    }

    /** The type of a stream of reports. */
    public static TypeInformation<DriftReport> typeInformation() {
        return new ExplicitTypeInfo<>(DriftReport.class, DriftReportSerializer.INSTANCE);
    }
}
