package io.tidemark.job.archive;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A folder read in order, though its files may be switched for others of the same rows meanwhile:
 * then it is begun again, and what was given is passed over. Rows that came into the folder since,
 * and are before the last one given, are not given: they were not there when the reading began.
 */
final class SwitchedSweep<G, T> {
    /** A folder is switched once an hour at most; more is files that are really missing. */
    private static final int SWITCHES = 10;

    /** Lists the folder and begins. */
    @FunctionalInterface
    interface Beginning<G, T> {
        Sweep<G, T> begin() throws IOException;
    }

    private final Beginning<G, T> beginning;
    private final Comparator<? super T> order;
    private @Nullable Sweep<G, T> sweep;
    private @Nullable T last;

    /** How many were given that are equal to the last one, itself among them. */
    private long equal;

    private int switches;

    SwitchedSweep(Beginning<G, T> beginning, Comparator<? super T> order) {
        this.beginning = beginning;
        this.order = order;
    }

    /** The next row; null after the last. */
    @Nullable T next() throws IOException {
        while (true) {
            try {
                Sweep<G, T> current = sweep;
                T row = current == null ? resume() : current.next();
                if (row != null) {
                    equal = last != null && order.compare(row, last) == 0 ? equal + 1 : 1;
                    last = row;
                }
                return row;
            } catch (FileNotFoundException switched) {
                if (++switches > SWITCHES) {
                    throw switched;
                }
                sweep = null;
            }
        }
    }

    private @Nullable T resume() throws IOException {
        Sweep<G, T> fresh = beginning.begin();
        T row = fresh.next();
        T given = last;
        if (given != null) {
            long left = equal;
            while (row != null) {
                int compared = order.compare(row, given);
                if (compared > 0 || (compared == 0 && left == 0)) {
                    break;
                }
                left -= compared == 0 ? 1 : 0;
                row = fresh.next();
            }
            if (left > 0) {
                throw new IOException("rows were removed from the archive while they were read");
            }
        }
        sweep = fresh;
        return row;
    }
}
