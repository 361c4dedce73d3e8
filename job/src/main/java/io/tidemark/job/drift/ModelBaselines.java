package io.tidemark.job.drift;

import io.tidemark.features.drift.DriftBaseline;
import io.tidemark.job.rows.ExplicitTypeInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * What the rows of a model's symbols are held to. In state: one, whatever the number of symbols of
 * the stream.
 *
 * @param activation number of the activation that made the model the active one; 0: none is
 * @param version of the model; 0: none is active
 * @param registryVersion of the rows it was trained on; rows of another one are not counted
 * @param windowMicros event time of a window
 * @param features names, in the model's order
 * @param columns where in a row each of them is
 * @param bySymbol per feature, in that order; a symbol that is not there was not trained on
 */
public record ModelBaselines(
        long activation,
        long version,
        String registryVersion,
        long windowMicros,
        List<String> features,
        int[] columns,
        Map<String, List<DriftBaseline>> bySymbol) {
    /** No model is active. */
    public static final ModelBaselines NONE = without(0, 0);

    /** Checks that all are of as many features. */
    public ModelBaselines {
        features = List.copyOf(features);
        bySymbol = Map.copyOf(bySymbol);
        for (List<DriftBaseline> one : bySymbol.values()) {
            if (one.size() != features.size() || one.size() != columns.length) {
                throw new IllegalArgumentException(
                        "%d features, %d columns, %d baselines"
                                .formatted(features.size(), columns.length, one.size()));
            }
        }
    }

    /** A model of which nothing is known to hold rows to. */
    public static ModelBaselines without(long activation, long version) {
        return new ModelBaselines(activation, version, "", 0, List.of(), new int[0], Map.of());
    }

    /** The type of a stream of them. */
    public static TypeInformation<ModelBaselines> typeInformation() {
        return new ExplicitTypeInfo<>(ModelBaselines.class, ModelBaselinesSerializer.INSTANCE);
    }

    /** As the numbers are, not as the arrays are. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ModelBaselines that
                && activation == that.activation
                && version == that.version
                && registryVersion.equals(that.registryVersion)
                && windowMicros == that.windowMicros
                && features.equals(that.features)
                && Arrays.equals(columns, that.columns)
                && bySymbol.equals(that.bySymbol);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(activation);
    }

    @Override
    public String toString() {
        return "baselines of v%d: %s of %s".formatted(version, features, bySymbol.keySet());
    }
}
