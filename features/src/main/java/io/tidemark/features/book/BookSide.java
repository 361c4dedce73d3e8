package io.tidemark.features.book;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/**
 * One side of a book: sorted arrays with the best level at the end, where nearly all changes are,
 * so that an insert or removal moves few levels. A change is O(log n) to find and O(levels better
 * than it) to make room.
 *
 * <p>Keys rise towards the best level: the price for bids, the negated price for asks.
 */
final class BookSide {
    private static final int MAX_LEVELS = 1 << 20;

    private final double sign;
    private final FormerSide former = new FormerSide();
    private double[] keys = new double[64];
    private double[] sizes = new double[64];
    private int count;

    private BookSide(double sign) {
        this.sign = sign;
    }

    static BookSide bids() {
        return new BookSide(1);
    }

    static BookSide asks() {
        return new BookSide(-1);
    }

    int count() {
        return count;
    }

    double price(int level) {
        return sign * keys[index(level)];
    }

    double size(int level) {
        return sizes[index(level)];
    }

    private int index(int level) {
        return count - 1 - Objects.checkIndex(level, count);
    }

    void clear() {
        count = 0;
    }

    /**
     * Applies price, size pairs in their order; a size of 0 removes.
     *
     * @return the churn: size added plus size removed
     */
    double apply(double[] pairs) {
        double churn = 0;
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            churn += Math.abs(set(sign * pairs[i], pairs[i + 1]));
        }
        return churn;
    }

    /**
     * Replaces the side. Best first, as venues send it, costs O(n); any other order is right too.
     *
     * @return the churn: size added plus size removed
     */
    double replace(double[] pairs) {
        keys = former.takeKeys(keys, count);
        sizes = former.takeSizes(sizes);
        fill(pairs);
        return former.churnTo(keys, sizes, count);
    }

    private void fill(double[] pairs) {
        clear();
        ensureCapacity(pairs.length / 2);
        for (int i = (pairs.length / 2) * 2 - 2; i >= 0; i -= 2) {
            double key = sign * pairs[i];
            boolean next = count == 0 || key > keys[count - 1];
            if (!next || pairs[i + 1] == 0) {
                clear();
                apply(pairs);
                return;
            }
            append(key, pairs[i + 1]);
        }
    }

    private void append(double key, double size) {
        keys[count] = key;
        sizes[count] = size;
        count++;
    }

    /** Sets a level; answers by how much its size changed. */
    private double set(double key, double size) {
        int at = find(key);
        if (at < 0) {
            if (size != 0) {
                insertAt(-at - 1, key, size);
            }
            return size;
        }
        double change = size - sizes[at];
        if (size == 0) {
            removeAt(at);
        } else {
            sizes[at] = size;
        }
        return change;
    }

    /** Where the key is, else {@code -(where it would be) - 1}. */
    private int find(double key) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            double at = keys[middle];
            if (at < key) {
                low = middle + 1;
            } else if (at > key) {
                high = middle - 1;
            } else {
                return middle;
            }
        }
        return -low - 1;
    }

    private void removeAt(int at) {
        int moved = count - at - 1;
        System.arraycopy(keys, at + 1, keys, at, moved);
        System.arraycopy(sizes, at + 1, sizes, at, moved);
        count--;
    }

    private void insertAt(int at, double key, double size) {
        ensureCapacity(count + 1);
        int moved = count - at;
        System.arraycopy(keys, at, keys, at + 1, moved);
        System.arraycopy(sizes, at, sizes, at + 1, moved);
        keys[at] = key;
        sizes[at] = size;
        count++;
    }

    private void ensureCapacity(int wanted) {
        if (wanted > keys.length) {
            int capacity = Math.max(wanted, keys.length * 2);
            keys = Arrays.copyOf(keys, capacity);
            sizes = Arrays.copyOf(sizes, capacity);
        }
    }

    void save(DataOutput out) throws IOException {
        out.writeInt(count);
        for (int i = 0; i < count; i++) {
            out.writeDouble(keys[i]);
            out.writeDouble(sizes[i]);
        }
    }

    void restore(DataInput in) throws IOException {
        int saved = in.readInt();
        if (saved < 0 || saved > MAX_LEVELS) {
            throw new IOException("wanted 0 to " + MAX_LEVELS + " book levels, got " + saved);
        }
        clear();
        ensureCapacity(saved);
        for (int i = 0; i < saved; i++) {
            double key = in.readDouble();
            if (i > 0 && !(key > keys[i - 1])) {
                throw new IOException("wanted book levels in order, got them out of order");
            }
            append(key, in.readDouble());
        }
    }
}
