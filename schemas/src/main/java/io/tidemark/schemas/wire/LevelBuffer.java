package io.tidemark.schemas.wire;

import java.util.Arrays;

/**
 * The levels of one side of a book: price, size, price, size, ... in a buffer that grows to the
 * longest seen.
 */
final class LevelBuffer {
    private static final double[] NO_LEVELS = {};

    private double[] numbers = new double[128];
    private int count;

    void clear() {
        count = 0;
    }

    /** How many levels there are. */
    int levels() {
        return count / 2;
    }

    void add(double price, double size) {
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, count * 2);
        }
        numbers[count] = price;
        numbers[count + 1] = size;
        count += 2;
    }

    /** The numbers, in an array of their own. */
    double[] toArray() {
        return count == 0 ? NO_LEVELS : Arrays.copyOf(numbers, count);
    }
}
