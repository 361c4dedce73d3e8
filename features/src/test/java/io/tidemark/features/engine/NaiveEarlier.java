package io.tidemark.features.engine;

import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.registry.FeatureEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Features of earlier features' values straight from their definitions, over the rows of every grid
 * time: what they look at is what was served, which other oracles check.
 */
final class NaiveEarlier {
    private final FeatureSet set;
    private final Map<Long, FeatureRow> rows = new HashMap<>();

    NaiveEarlier(FeatureSet set) {
        this.set = set;
    }

    /** Takes the row of the next grid time; every one from the first event on. */
    void take(FeatureRow row) {
        if (row.maxEventTimeMicros() == EventHeader.UNKNOWN_TIME) {
            // Nothing came for a lookback: all is forgotten, earlier values too.
            rows.clear();
        }
        rows.put(row.gridTimeMicros(), row);
    }

    /** The feature's value in the row at T; NaN is undefined. */
    double value(FeatureEntry feature, long t) {
        FeatureEntry input = named(feature.inputs().get(0).name());
        long last = t / cadence(feature) * cadence(feature);
        long w = feature.lookbackMicros();
        double now = served(input, last);
        double then = served(input, last - w);
        List<Double> window = new ArrayList<>();
        for (long back = w - cadence(input); back >= 0; back -= cadence(input)) {
            double value = served(input, last - back);
            if (!Double.isNaN(value)) {
                window.add(value);
            }
        }
        double mean = window.stream().reduce(0.0, Double::sum) / window.size();
        double squares = window.stream().map(x -> (x - mean) * (x - mean)).reduce(0.0, Double::sum);
        double std = window.size() < 2 ? Double.NaN : Math.sqrt(squares / (window.size() - 1));
        return switch (Objects.requireNonNull(feature.function())) {
            case "lag" -> then;
            case "delta" -> now - then;
            case "rolling_mean" -> mean;
            case "rolling_std" -> std;
            case "rolling_zscore" -> std > 0 ? (now - mean) / std : Double.NaN;
            case "rolling_min" -> window.stream().mapToDouble(x -> x).min().orElse(Double.NaN);
            case "rolling_max" -> window.stream().mapToDouble(x -> x).max().orElse(Double.NaN);
            default -> throw new IllegalArgumentException(feature.function());
        };
    }

    private double served(FeatureEntry feature, long t) {
        FeatureRow row = rows.get(t / cadence(feature) * cadence(feature));
        return row == null ? Double.NaN : row.values()[set.document().features().indexOf(feature)];
    }

    private long cadence(FeatureEntry feature) {
        return feature.cadenceMicros() == 0 ? set.cadenceMicros() : feature.cadenceMicros();
    }

    private FeatureEntry named(String name) {
        return set.document().features().stream()
                .filter(feature -> feature.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
