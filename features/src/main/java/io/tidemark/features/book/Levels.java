package io.tidemark.features.book;

import java.util.Arrays;
import java.util.Objects;

/**
 * Levels by key, best first: keys rise away from the best and are finite. One array with room
 * before and after them, so that a level that comes or goes moves those on its shorter side only.
 *
 * <p>A place is an index of that array. It holds until the next level comes or goes; {@link
 * #insertAt} and {@link #removeAt} answer the place after the level.
 */
final class Levels {
    private static final double NONE = Double.POSITIVE_INFINITY;

    /** Levels looked at together; so many but one of no level stand after the worst. */
    private static final int BLOCK = 8;

    private static final int GUARD = 2 * (BLOCK - 1);

    /** From 256 levels on a key is looked for by halving. */
    private static final int FAR = 32 * 2 * BLOCK;

    /** Key, size, key, size, ... */
    private double[] numbers = new double[2 * GUARD];

    private int from;
    private int to;

    /** No levels. */
    Levels() {
        clear(0);
    }

    int count() {
        return (to - from) >> 1;
    }

    /** The key of a level, 0 the best. */
    double key(int level) {
        return numbers[from + 2 * Objects.checkIndex(level, count())];
    }

    /** The size of a level, 0 the best. */
    double size(int level) {
        return numbers[from + 2 * Objects.checkIndex(level, count()) + 1];
    }

    /** The place of the best level. */
    int best() {
        return from;
    }

    /**
     * The first place from there on whose key is not below; the end when there is none. A block is
     * counted without branches, since where in it a key stands cannot be predicted.
     */
    int atOrAfter(int start, double key) {
        int at = start;
        while (at < to && numbers[at + GUARD] < key) {
            at += 2 * BLOCK;
            if (at == start + FAR) {
                at = halving(at, key);
            }
        }
        int below =
                below(at, key)
                        + below(at + 2, key)
                        + below(at + 4, key)
                        + below(at + 6, key)
                        + below(at + 8, key)
                        + below(at + 10, key)
                        + below(at + 12, key);
        return at + 2 * below;
    }

    private int halving(int start, double key) {
        int low = start;
        int high = to;
        while (low < high) {
            int middle = low + (high - low) / 4 * 2;
            if (numbers[middle] < key) {
                low = middle + 2;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** 1 when the key there is below that one, else 0: the sign of their difference. */
    private int below(int at, double key) {
        return (int) (Double.doubleToRawLongBits(numbers[at] - key) >>> 63);
    }

    boolean holds(int at, double key) {
        return at < to && numbers[at] == key;
    }

    double sizeAt(int at) {
        return numbers[at + 1];
    }

    void resize(int at, double size) {
        numbers[at + 1] = size;
    }

    int removeAt(int at) {
        int better = at - from;
        int worse = to - at - 2;
        if (better < worse) {
            System.arraycopy(numbers, from, numbers, from + 2, better);
            from += 2;
            return at + 2;
        }
        System.arraycopy(numbers, at + 2, numbers, at, worse);
        to -= 2;
        numbers[to] = NONE;
        return at;
    }

    int insertAt(int place, double key, double size) {
        int at = place;
        if (from == 0 || to + 2 + GUARD > numbers.length) {
            at -= from;
            makeRoom();
            at += from;
        }
        int better = at - from;
        int worse = to - at;
        if (better < worse) {
            System.arraycopy(numbers, from, numbers, from - 2, better);
            from -= 2;
            at -= 2;
        } else {
            System.arraycopy(numbers, at, numbers, at + 2, worse);
            to += 2;
            numbers[to + GUARD - 2] = NONE;
        }
        numbers[at] = key;
        numbers[at + 1] = size;
        return at + 2;
    }

    /** Moves the levels to the middle, of an array twice as long when they fill half of it. */
    private void makeRoom() {
        int length = to - from;
        double[] old = numbers;
        if (2 * (length + GUARD) > old.length) {
            numbers = new double[2 * old.length];
        }
        int start = middle(length);
        System.arraycopy(old, from, numbers, start, length);
        begin(start, start + length);
    }

    /** Forgets all, with room for so many levels to be appended. */
    void clear(int levels) {
        int length = 2 * levels;
        if (numbers.length < length + 2 * GUARD) {
            numbers = new double[2 * (length + GUARD)];
        }
        int start = middle(length);
        begin(start, start);
    }

    private int middle(int length) {
        return (numbers.length - GUARD - length) / 4 * 2;
    }

    private void begin(int start, int end) {
        from = start;
        to = end;
        Arrays.fill(numbers, to, to + GUARD, NONE);
    }

    /** Adds a level worse than all; as many as {@link #clear} made room for. */
    void append(double key, double size) {
        numbers[to] = key;
        numbers[to + 1] = size;
        to += 2;
        numbers[to + GUARD - 2] = NONE;
    }

    /** Size added plus size removed on the way from those levels, worst level first. O(levels). */
    double churnFrom(Levels former) {
        double churn = 0;
        int old = former.count() - 1;
        for (int i = count() - 1; i >= 0; i--) {
            for (; old >= 0 && former.key(old) > key(i); old--) {
                churn += former.size(old);
            }
            boolean stays = old >= 0 && former.key(old) == key(i);
            churn += stays ? Math.abs(size(i) - former.size(old)) : size(i);
            old -= stays ? 1 : 0;
        }
        for (; old >= 0; old--) {
            churn += former.size(old);
        }
        return churn;
    }
}
