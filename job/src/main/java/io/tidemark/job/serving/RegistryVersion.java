package io.tidemark.job.serving;

import java.io.Serializable;
import java.util.List;

/**
 * What the store must know of a registry version to name the values of its rows.
 *
 * @param featureNames in the order of the values
 * @param cadenceMicros microseconds between two rows of a symbol
 */
public record RegistryVersion(String version, List<String> featureNames, long cadenceMicros)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public RegistryVersion {
        if (cadenceMicros < 1) {
            throw new IllegalArgumentException(
                    "the cadence must be at least 1 microsecond, got " + cadenceMicros);
        }
        featureNames = List.copyOf(featureNames);
    }
}
