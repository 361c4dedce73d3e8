package io.tidemark.server.training;

import io.tidemark.server.model.Model;

/** Answers to many rows. */
final class Predictions {
    private Predictions() {}

    /** Per row the outputs of the model. */
    static double[][] all(Model model, double[][] scaled) {
        double[] scratch = new double[model.scratch()];
        double[][] answers = new double[scaled.length][model.outputs()];
        for (int i = 0; i < scaled.length; i++) {
            model.predict(scaled[i], answers[i], scratch);
        }
        return answers;
    }
}
