package io.tidemark.schemas.registry;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One feature of a registry. {@code lookahead_forbidden} is not kept: an entry that does not say
 * true is refused.
 *
 * @param name unique in its registry
 * @param function the kernel's name; null when the name of the feature says it
 * @param inputSources what it is computed from
 * @param inputs the earlier features it is computed on; empty for a feature of the market
 * @param cadenceMicros time between two computations, microseconds, a multiple of the registry's; 0
 *     when it is computed for every row
 * @param lookbackMicros the window, microseconds; 0 for a feature of the moment
 * @param maxLookbackDays 0 to 90; the window is not longer
 * @param dataSources each names one of {@code inputSources}
 * @param params the kernel's parameters, in the file's order
 * @param line where the entry begins, from 1
 * @param fieldLines where each written field stands, from 1
 */
public record FeatureEntry(
        String name,
        @Nullable String function,
        List<InputSource> inputSources,
        List<FeatureInput> inputs,
        long cadenceMicros,
        long lookbackMicros,
        int maxLookbackDays,
        List<DataSource> dataSources,
        Map<String, FeatureParam> params,
        Normalization normalization,
        int line,
        Map<String, Integer> fieldLines) {

    /** The line of that field of the file; the entry's own line when the field is not written. */
    public int lineOf(String field) {
        return fieldLines.getOrDefault(field, line);
    }
}
