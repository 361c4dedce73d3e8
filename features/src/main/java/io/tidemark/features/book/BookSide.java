package io.tidemark.features.book;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One side of a book. Messages tell their levels best first, or nearly so: a level is looked for
 * from where the last one was, in steps of eight levels, and from the best when it is better than
 * that one. Where levels come or go, those on the shorter side move.
 *
 * <p>Keys rise away from the best level: the price for asks, the negated price for bids.
 */
final class BookSide {
    private static final int MAX_LEVELS = 1 << 20;

    private final double sign;
    private Levels levels = new Levels();

    /** What the last full book replaced: its arrays are used again. */
    private Levels former = new Levels();

    private BookSide(double sign) {
        this.sign = sign;
    }

    static BookSide bids() {
        return new BookSide(-1);
    }

    static BookSide asks() {
        return new BookSide(1);
    }

    int count() {
        return levels.count();
    }

    double price(int level) {
        return sign * levels.key(level);
    }

    double size(int level) {
        return levels.size(level);
    }

    void clear() {
        levels.clear(0);
    }

    /**
     * Applies price, size pairs in their order; a size of 0 removes.
     *
     * @return the churn: size added plus size removed
     */
    double apply(double[] pairs) {
        double churn = 0;
        double before = Double.POSITIVE_INFINITY;
        int at = levels.best();
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            double key = sign * pairs[i];
            double size = pairs[i + 1];
            at = levels.atOrAfter(key > before ? at : levels.best(), key);
            before = key;
            if (levels.holds(at, key)) {
                churn += Math.abs(size - levels.sizeAt(at));
                if (size == 0) {
                    at = levels.removeAt(at);
                } else {
                    levels.resize(at, size);
                }
            } else if (size != 0) {
                churn += size;
                at = levels.insertAt(at, key, size);
            }
        }
        return churn;
    }

    /**
     * Replaces the side. Best first, as venues send it, costs O(n); any other order is right too.
     *
     * @return the churn: size added plus size removed
     */
    double replace(double[] pairs) {
        Levels spare = former;
        former = levels;
        levels = spare;
        fill(pairs);
        return levels.churnFrom(former);
    }

    private void fill(double[] pairs) {
        levels.clear(pairs.length / 2);
        double before = Double.NEGATIVE_INFINITY;
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            double key = sign * pairs[i];
            if (!(key > before) || pairs[i + 1] == 0) {
                clear();
                apply(pairs);
                return;
            }
            levels.append(key, pairs[i + 1]);
            before = key;
        }
    }

    /** Writes the levels, worst first, the negated key before the size. */
    void save(DataOutput out) throws IOException {
        out.writeInt(count());
        for (int level = count() - 1; level >= 0; level--) {
            out.writeDouble(-levels.key(level));
            out.writeDouble(levels.size(level));
        }
    }

    void restore(DataInput in) throws IOException {
        int saved = in.readInt();
        if (saved < 0 || saved > MAX_LEVELS) {
            throw new IOException("wanted 0 to " + MAX_LEVELS + " book levels, got " + saved);
        }
        levels.clear(0);
        for (int i = 0; i < saved; i++) {
            double key = -in.readDouble();
            if (i > 0 && !(key < levels.key(0))) {
                throw new IOException("wanted book levels in order, got them out of order");
            }
            levels.insertAt(levels.best(), key, in.readDouble());
        }
    }
}
