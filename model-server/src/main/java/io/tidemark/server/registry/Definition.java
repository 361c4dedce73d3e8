package io.tidemark.server.registry;

import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.registry.RegistryDocument;
import io.tidemark.schemas.registry.RegistryInvalidException;
import io.tidemark.schemas.registry.RegistryProblem;
import java.util.List;
import java.util.Optional;

/**
 * A registry's file as this build reads it.
 *
 * @param document empty when it is not usable
 * @param problems why it is not; empty when it is
 */
record Definition(Optional<RegistryDocument> document, List<RegistryProblem> problems) {
    /** Reads it, and binds its kernels. */
    static Definition read(String yaml) {
        try {
            RegistryDocument document = RegistryDocument.parse(yaml);
            FeatureSet.of(document);
            return new Definition(Optional.of(document), List.of());
        } catch (RegistryInvalidException e) {
            return new Definition(Optional.empty(), e.problems());
        }
    }

    /** Of a stored version; its cadence is the store's, not the file's. */
    static Definition of(StoredVersion version) {
        String yaml = version.definition();
        if (yaml == null) {
            return new Definition(
                    Optional.empty(),
                    List.of(new RegistryProblem(0, "the store has no definition of it")));
        }
        Definition read = read(yaml);
        return new Definition(
                read.document()
                        .map(
                                document ->
                                        new RegistryDocument(
                                                document.version(),
                                                version.cadenceMicros(),
                                                document.carryMicros(),
                                                document.features())),
                read.problems());
    }

    boolean isUsable() {
        return document.isPresent();
    }
}
