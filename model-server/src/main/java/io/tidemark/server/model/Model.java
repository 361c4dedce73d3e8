package io.tidemark.server.model;

/**
 * A fitted function of scaled numbers. Immutable and safe for any number of threads; a prediction
 * allocates nothing. Inputs must be finite: see {@link InputScaling}.
 */
public sealed interface Model permits LinearModel, LogisticModel, TreeModel, PerceptronModel {

    /** How many numbers it is told. */
    int inputs();

    /** 1 for a number foretold; else the number of classes, and the answers are probabilities. */
    int outputs();

    /**
     * How many weights or nodes a prediction looks at, at most: what it costs, on any machine. May
     * itself look at all of the model.
     */
    long steps();

    /** How many numbers of room {@link #predict} needs. */
    default int scratch() {
        return 0;
    }

    /**
     * Writes the answer into output.
     *
     * @param input {@link #inputs} long, read only
     * @param output {@link #outputs} long
     * @param scratch {@link #scratch} long at least, of any content; the caller's thread alone
     */
    void predict(double[] input, double[] output, double[] scratch);

    /** The same, with arrays of its own: for few predictions. */
    default double[] predict(double[] input) {
        double[] output = new double[outputs()];
        predict(input, output, new double[scratch()]);
        return output;
    }
}
