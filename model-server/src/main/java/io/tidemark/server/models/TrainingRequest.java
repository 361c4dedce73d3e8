package io.tidemark.server.models;

import io.tidemark.server.training.Algorithm;

/**
 * What is to be trained.
 *
 * @param balanced whether every class counts the same
 * @param activate whether the version becomes active when the gate lets it
 * @param by who asks
 */
public record TrainingRequest(
        String datasetId,
        Algorithm algorithm,
        long seed,
        boolean balanced,
        ModelPackage.Missing missing,
        boolean activate,
        String by) {}
