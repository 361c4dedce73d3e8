package io.tidemark.server.training;

import java.util.List;

/**
 * What an algorithm is told beside the rows. Each reads its own.
 *
 * @param penalty of ridge and logistic regression: on the squares of weights, beside the sum of
 *     losses; of the elastic net a share of the penalty that makes every weight 0; of the
 *     perceptron beside the mean loss
 * @param l1Share of the elastic net, 0 to 1
 * @param trees how many, per class for boosted trees of more than two
 * @param depth of a tree, at most
 * @param leaves of a tree, at most
 * @param leafRows of a leaf, at least
 * @param rate how much of its answer a boosted tree gives; the step of a perceptron's fit
 * @param sample share of the rows a boosted tree sees
 * @param units of the hidden layer
 * @param epochs passes over the rows
 */
public record Hyperparameters(
        double penalty,
        double l1Share,
        int trees,
        int depth,
        int leaves,
        int leafRows,
        double rate,
        double sample,
        int units,
        int epochs) {
    /** What is tried, the simplest first: of equal losses the first wins. */
    public static List<Hyperparameters> candidates(Algorithm algorithm) {
        return switch (algorithm) {
            case RIDGE -> List.of(penalised(1_000), penalised(100), penalised(10), penalised(1));
            case LOGISTIC -> List.of(penalised(100), penalised(10), penalised(1));
            case ELASTIC_NET -> List.of(sparse(0.3), sparse(0.1), sparse(0.03), sparse(0.01));
            case RANDOM_FOREST -> List.of(forest(100, 6), forest(100, 12));
            case BOOSTED_TREES -> List.of(boosted(100, 3), boosted(100, 6));
            case PERCEPTRON -> List.of(perceptron(1e-2), perceptron(1e-4));
        };
    }

    static Hyperparameters penalised(double penalty) {
        return new Hyperparameters(penalty, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    static Hyperparameters sparse(double share) {
        return new Hyperparameters(share, 0.5, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    static Hyperparameters forest(int trees, int depth) {
        return new Hyperparameters(0, 0, trees, depth, 1 << Math.min(depth, 16), 5, 0, 0, 0, 0);
    }

    static Hyperparameters boosted(int trees, int depth) {
        return new Hyperparameters(0, 0, trees, depth, 1 << depth, 20, 0.1, 0.8, 0, 0);
    }

    static Hyperparameters perceptron(double penalty) {
        return new Hyperparameters(penalty, 0, 0, 0, 0, 0, 1e-3, 0, 32, 30);
    }
}
