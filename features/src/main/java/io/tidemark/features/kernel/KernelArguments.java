package io.tidemark.features.kernel;

import io.tidemark.schemas.registry.RegistryDuration;
import java.util.List;
import java.util.Map;

/**
 * What a registry entry binds, checked against the kernel's {@link KernelParam}s.
 *
 * @param windowMicros the lookback window
 * @param params every parameter of the kernel, defaults filled in
 * @param inputs the features it is computed on, as many as the kernel wants
 */
public record KernelArguments(
        long windowMicros, Map<String, String> params, List<KernelInput> inputs) {
    int integer(KernelParam param) {
        return Integer.parseInt(text(param));
    }

    long micros(KernelParam param) {
        return RegistryDuration.micros(text(param)).orElseThrow();
    }

    String text(KernelParam param) {
        String value = params.get(param.name());
        if (value == null) {
            throw new IllegalArgumentException("wanted the parameter " + param.name());
        }
        return value;
    }
}
