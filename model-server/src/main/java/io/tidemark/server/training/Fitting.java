package io.tidemark.server.training;

import io.tidemark.server.model.Model;
import java.util.Arrays;
import java.util.SplittableRandom;

/** One fit of one algorithm to scaled rows. The same seed gives the same bits. */
final class Fitting {
    private final double[][] scaled;
    private final double[] labels;
    private final Target target;
    private final double[] classWeights;
    private final long seed;

    /**
     * @param classWeights what a row of each class counts; empty: 1 each
     */
    Fitting(double[][] scaled, double[] labels, Target target, double[] classWeights, long seed) {
        this.scaled = scaled;
        this.labels = labels;
        this.target = target;
        this.classWeights = classWeights;
        this.seed = seed;
    }

    Model fit(Algorithm algorithm, Hyperparameters with) {
        if (!algorithm.fits(target.isClass())) {
            throw new IllegalArgumentException(
                    "%s does not foretell %s"
                            .formatted(
                                    algorithm.wireName(),
                                    target.isClass() ? "classes" : "numbers"));
        }
        return target.isClass() ? classes(algorithm, with) : numbers(algorithm, with);
    }

    private Model numbers(Algorithm algorithm, Hyperparameters with) {
        return switch (algorithm) {
            case RIDGE -> LinearFit.ridge(scaled, labels, with.penalty());
            case ELASTIC_NET ->
                    LinearFit.elasticNetOfShare(scaled, labels, with.penalty(), with.l1Share());
            case RANDOM_FOREST -> TreeFit.forest(scaled, labels, with, seed);
            case BOOSTED_TREES -> TreeFit.boosted(scaled, labels, with, seed);
            case PERCEPTRON ->
                    PerceptronFit.fit(scaled, labels, 1, with, new SplittableRandom(seed));
            case LOGISTIC -> throw new IllegalArgumentException("logistic is for classes");
        };
    }

    private Model classes(Algorithm algorithm, Hyperparameters with) {
        int classes = target.outputs();
        int[] positions = target.positions(labels);
        if (algorithm == Algorithm.LOGISTIC) {
            return LogisticFit.fit(scaled, positions, classes, weights(), with.penalty());
        }
        int[] drawn = drawn(positions);
        double[][] rows = Arrays.stream(drawn).mapToObj(i -> scaled[i]).toArray(double[][]::new);
        int[] ofRows = Arrays.stream(drawn).map(i -> positions[i]).toArray();
        return switch (algorithm) {
            case RANDOM_FOREST -> TreeFit.forest(rows, ofRows, classes, with, seed);
            case BOOSTED_TREES -> TreeFit.boosted(rows, ofRows, classes, with, seed);
            case PERCEPTRON ->
                    PerceptronFit.fit(
                            rows,
                            Arrays.stream(ofRows).asDoubleStream().toArray(),
                            classes,
                            with,
                            new SplittableRandom(seed));
            case RIDGE, ELASTIC_NET, LOGISTIC ->
                    throw new IllegalArgumentException(algorithm + " is not for rows drawn");
        };
    }

    private double[] weights() {
        if (classWeights.length > 0) {
            return classWeights;
        }
        double[] one = new double[target.outputs()];
        Arrays.fill(one, 1);
        return one;
    }

    /**
     * Every row once; or, with weights, as many rows in all, each as often as its weight's share,
     * up or down to a whole number. For algorithms that know no weights.
     */
    private int[] drawn(int[] positions) {
        int[] drawn = new int[positions.length];
        Arrays.setAll(drawn, i -> i);
        if (classWeights.length == 0) {
            return drawn;
        }
        double all = Arrays.stream(positions).mapToDouble(label -> classWeights[label]).sum();
        double step = all / positions.length;
        double next = new SplittableRandom(seed).nextDouble() * step;
        double reached = 0;
        int taken = 0;
        for (int i = 0; i < positions.length; i++) {
            reached += classWeights[positions[i]];
            while (next < reached && taken < drawn.length) {
                drawn[taken++] = i;
                next += step;
            }
        }
        return Arrays.copyOf(drawn, taken);
    }
}
