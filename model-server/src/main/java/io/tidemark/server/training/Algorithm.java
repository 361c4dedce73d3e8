package io.tidemark.server.training;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What can be fitted. */
public enum Algorithm {
    /** A weighted sum, its weights kept small by their squares. Numbers only. */
    RIDGE,
    /** A weighted sum, some of its weights 0. Numbers only. */
    ELASTIC_NET,
    /** Probabilities from weighted sums. Classes only. */
    LOGISTIC,
    /** Trees of random rows and columns, their mean. */
    RANDOM_FOREST,
    /** Trees, each of what those before it left. */
    BOOSTED_TREES,
    /** One hidden layer. */
    PERCEPTRON;

    /** Whether it foretells classes, or numbers. */
    public boolean fits(boolean classes) {
        return switch (this) {
            case RIDGE, ELASTIC_NET -> !classes;
            case LOGISTIC -> classes;
            case RANDOM_FOREST, BOOSTED_TREES, PERCEPTRON -> true;
        };
    }

    /** The name in requests and packages: lower case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Every name. */
    public static List<String> wireNames() {
        return Arrays.stream(values()).map(Algorithm::wireName).toList();
    }

    /**
     * The algorithm of that name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Algorithm of(String wireName) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "there is no algorithm '%s'; there are %s"
                                                .formatted(wireName, wireNames())));
    }
}
