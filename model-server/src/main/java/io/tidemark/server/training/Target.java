package io.tidemark.server.training;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * What labels mean.
 *
 * @param classes the labels there are, ascending (-1, 0 and 1: down, flat and up); empty when a
 *     label is a number
 * @param reachMicros how far after T a label looks
 */
public record Target(double[] classes, long reachMicros) {

    /** Of numbers. */
    public static Target numbers(long reachMicros) {
        return new Target(new double[0], reachMicros);
    }

    /**
     * Of the classes among the labels.
     *
     * @throws IllegalArgumentException when there are fewer than two
     */
    public static Target classesOf(double[] labels, long reachMicros) {
        double[] classes = classesOf(labels);
        if (classes.length < 2 || classes.length > 10) {
            throw new IllegalArgumentException(
                    "the labels of train must have 2 to 10 classes, they have " + classes.length);
        }
        return new Target(classes, reachMicros);
    }

    /** Whether labels are classes. */
    public boolean isClass() {
        return classes.length > 0;
    }

    /** Whether rows have its labels: every class in train, no other anywhere. */
    public boolean knows(Splits splits) {
        return !isClass()
                || (Arrays.equals(classes, classesOf(splits.train().labels()))
                        && Stream.of(splits.validation(), splits.test())
                                .flatMapToDouble(rows -> Arrays.stream(rows.labels()))
                                .allMatch(label -> Arrays.binarySearch(classes, label) >= 0));
    }

    private static double[] classesOf(double[] labels) {
        return Arrays.stream(labels).distinct().sorted().toArray();
    }

    /** 1, or the number of classes. */
    public int outputs() {
        return Math.max(1, classes.length);
    }

    /**
     * The positions of labels among the classes.
     *
     * @throws IllegalArgumentException for a label that is none of them
     */
    public int[] positions(double[] labels) {
        int[] positions = new int[labels.length];
        for (int i = 0; i < labels.length; i++) {
            positions[i] = Arrays.binarySearch(classes, labels[i]);
            if (positions[i] < 0) {
                throw new IllegalArgumentException(
                        "label %s is none of those of train: %s"
                                .formatted(labels[i], Arrays.toString(classes)));
            }
        }
        return positions;
    }
}
