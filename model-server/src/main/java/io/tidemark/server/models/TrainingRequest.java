package io.tidemark.server.models;

import io.tidemark.server.dataset.DatasetOrder;
import io.tidemark.server.training.Algorithm;
import java.util.Optional;

/**
 * What is to be trained.
 *
 * @param datasetId of the dataset, which may have to be built first
 * @param order of the dataset when it is to be built; empty when there is one
 * @param balanced whether every class counts the same
 * @param activation when the version becomes active
 * @param by who asks
 */
public record TrainingRequest(
        String datasetId,
        Optional<DatasetOrder> order,
        Algorithm algorithm,
        long seed,
        boolean balanced,
        ModelPackage.Missing missing,
        Activate activation,
        String by) {

    /** When a version becomes active by its training. */
    public enum Activate {
        /** When the gate lets it. */
        IF_BETTER,
        /** Whatever the gate says. */
        ALWAYS,
        NEVER
    }
}
