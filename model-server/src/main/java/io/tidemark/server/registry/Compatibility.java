package io.tidemark.server.registry;

import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.registry.FeatureEntry;
import io.tidemark.schemas.registry.FeatureInput;
import io.tidemark.schemas.registry.InputSource;
import io.tidemark.schemas.registry.RegistryDocument;
import io.tidemark.schemas.registry.RegistryDuration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a reader of rows notices when one registry takes the place of another.
 *
 * @param breaking a feature that is gone, or means another thing: other function, sources, inputs
 *     or parameters
 * @param warnings the same thing over another window, at another cadence or normalised otherwise
 */
record Compatibility(List<String> breaking, List<String> warnings) {
    /** Nothing. */
    static final Compatibility SAME = new Compatibility(List.of(), List.of());

    /** What changes from one to the other; features only added change nothing. */
    static Compatibility of(RegistryDocument before, RegistryDocument after) {
        List<String> breaking = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        Map<String, FeatureEntry> kept = new HashMap<>();
        after.features().forEach(feature -> kept.put(feature.name(), feature));
        Map<String, Class<?>> kernelsBefore = kernels(before);
        Map<String, Class<?>> kernelsAfter = kernels(after);
        for (FeatureEntry old : before.features()) {
            String name = old.name();
            FeatureEntry now = kept.get(name);
            if (now == null) {
                breaking.add("feature '%s' is removed".formatted(name));
                continue;
            }
            compare(old, now, breaking, warnings);
            String function = old.function();
            boolean otherName =
                    function != null && now.function() != null && !function.equals(now.function());
            if (otherName || !Objects.equals(kernelsBefore.get(name), kernelsAfter.get(name))) {
                breaking.add("feature '%s' has another function".formatted(name));
            }
        }
        if (before.cadenceMicros() != after.cadenceMicros()) {
            warnings.add(
                    "rows come every %s instead of every %s"
                            .formatted(
                                    RegistryDuration.text(after.cadenceMicros()),
                                    RegistryDuration.text(before.cadenceMicros())));
        }
        if (before.carryMicros() != after.carryMicros()) {
            warnings.add(
                    "a last price counts for %s instead of %s"
                            .formatted(
                                    RegistryDuration.text(after.carryMicros()),
                                    RegistryDuration.text(before.carryMicros())));
        }
        return new Compatibility(List.copyOf(breaking), List.copyOf(warnings));
    }

    private static void compare(
            FeatureEntry old, FeatureEntry now, List<String> breaking, List<String> warnings) {
        told(breaking, old, "sources", sources(old), sources(now));
        told(breaking, old, "inputs", inputs(old), inputs(now));
        told(breaking, old, "parameters", params(old), params(now));
        told(
                warnings,
                old,
                "window",
                RegistryDuration.text(old.lookbackMicros()),
                RegistryDuration.text(now.lookbackMicros()));
        told(
                warnings,
                old,
                "cadence",
                RegistryDuration.text(old.cadenceMicros()),
                RegistryDuration.text(now.cadenceMicros()));
        told(warnings, old, "normalization", old.normalization(), now.normalization());
    }

    private static void told(
            List<String> to, FeatureEntry feature, String what, Object before, Object after) {
        if (!before.equals(after)) {
            to.add(
                    "feature '%s' has %s %s instead of %s"
                            .formatted(feature.name(), what, after, before));
        }
    }

    private static List<String> sources(FeatureEntry feature) {
        return feature.inputSources().stream().map(InputSource::wireName).sorted().toList();
    }

    private static List<String> inputs(FeatureEntry feature) {
        return feature.inputs().stream().map(FeatureInput::name).toList();
    }

    /** A function that is not written is that of the name: the kernel tells. */
    private static Map<String, Class<?>> kernels(RegistryDocument document) {
        FeatureSet features = FeatureSet.of(document);
        Map<String, Class<?>> kernels = new HashMap<>();
        for (int i = 0; i < features.size(); i++) {
            kernels.put(features.names().get(i), features.features().get(i).kernel().getClass());
        }
        return kernels;
    }

    private static Map<String, String> params(FeatureEntry feature) {
        Map<String, String> texts = new TreeMap<>();
        feature.params().forEach((name, value) -> texts.put(name, value.text()));
        return texts;
    }
}
