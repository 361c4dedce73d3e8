package io.tidemark.server.model;

import java.util.stream.DoubleStream;

/** What several models compute alike, left to right, so that it is the same in every bit. */
final class Arithmetic {
    private Arithmetic() {}

    /** Weights from position at, times inputs. */
    static double dot(double[] weights, int at, double[] input, int length) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += weights[at + i] * input[i];
        }
        return sum;
    }

    /** Exponentials in place, shares of 1. */
    static void softmax(double[] scores) {
        double max = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            max = Math.max(max, score);
        }
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            scores[i] = Math.exp(scores[i] - max);
            sum += scores[i];
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] /= sum;
        }
    }

    static void requireFinite(String what, double... values) {
        if (!DoubleStream.of(values).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(what + " must be finite");
        }
    }

    static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
