package io.tidemark.job.registry;

import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.registry.RegistryDocument;
import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;

/**
 * The feature registry as it travels to the operators: its text, compiled where it is used.
 *
 * @param yaml the registry's file
 * @param cadenceMicros the time between rows, whatever the file says
 */
public record Registry(String yaml, long cadenceMicros) implements Serializable {

    /**
     * A registry, with another cadence when one is given.
     *
     * @throws IllegalArgumentException listing everything that is wrong, with lines
     */
    public static Registry of(String yaml, Optional<Duration> cadence) {
        return new Registry(
                yaml,
                cadence.map(given -> given.toNanos() / 1_000)
                        .orElseGet(() -> RegistryDocument.parse(yaml).cadenceMicros()));
    }

    /**
     * The features, ready to compute.
     *
     * @throws IllegalArgumentException listing everything that is wrong, with lines
     */
    public FeatureSet compile() {
        RegistryDocument document = RegistryDocument.parse(yaml);
        return FeatureSet.of(
                new RegistryDocument(
                        document.version(),
                        cadenceMicros,
                        document.carryMicros(),
                        document.features()));
    }
}
