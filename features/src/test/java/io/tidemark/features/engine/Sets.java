package io.tidemark.features.engine;

import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.registry.BuiltInRegistries;
import io.tidemark.schemas.registry.RegistryDocument;
import io.tidemark.schemas.registry.RegistryDuration;

/** The feature sets that invariant 1 is tested over. */
final class Sets {
    private Sets() {}

    /**
     * A set by its name: a built-in version, {@code mixed} for one with features on features and
     * cadences of their own, then {@code @} and the cadence of the rows.
     */
    static FeatureSet of(String name) {
        String[] parts = name.split("@", 2);
        RegistryDocument document =
                parts[0].equals("mixed")
                        ? RegistryDocument.parse(MIXED)
                        : BuiltInRegistries.read(parts[0]);
        return FeatureSet.of(
                new RegistryDocument(
                        document.version(),
                        RegistryDuration.micros(parts[1]).orElseThrow(),
                        document.carryMicros(),
                        document.features()));
    }

    private static final String MIXED =
            registry(
                    "{name: mid_price, input_sources: [orderbook], lookback_window: 0s",
                    "{name: mid_mean, function: rolling_mean, inputs: [mid_price], lookback_window: 2m",
                    "{name: mid_delta, function: delta, inputs: [mid_price], lookback_window: 1m, cadence: 30s",
                    "{name: volume_7s, input_sources: [trades], lookback_window: 7s, cadence: 5s",
                    "{name: volume_z, function: rolling_zscore, inputs: [volume_7s], lookback_window: 100s",
                    "{name: z_max, function: rolling_max, inputs: [volume_z], lookback_window: 1m, cadence: 1m",
                    "{name: z_lag, function: lag, inputs: [z_max], lookback_window: 2m",
                    "{name: volatility_10m, input_sources: [trades], lookback_window: 10m, cadence: 1m",
                    "{name: vwap_6m, input_sources: [trades], lookback_window: 6m, cadence: 2m",
                    "{name: returns_90s, input_sources: [trades], lookback_window: 90s",
                    "{name: time_of_day_sin, input_sources: [], lookback_window: 0s, params: {resolution: second}",
                    "{name: time_lag, function: lag, inputs: [time_of_day_sin], lookback_window: 5m",
                    "{name: time_of_day_cos, input_sources: [], lookback_window: 0s, params: {resolution: second}, cadence: 1m");

    private static String registry(String... entries) {
        StringBuilder yaml = new StringBuilder("version: 9.0.0\ncadence: 1s\nfeatures:\n");
        for (String entry : entries) {
            String sources = entry.contains("input_sources") ? "" : ", input_sources: []";
            yaml.append("  - ")
                    .append(entry)
                    .append(sources)
                    .append(", lookahead_forbidden: true, max_lookback_days: 1}\n");
        }
        return yaml.toString();
    }
}
