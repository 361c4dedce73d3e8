package io.tidemark.job.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Rows of many row groups in one order, whatever the order within and between them. Groups are
 * loaded in the order of their earliest row; a row goes on when no group to come has an earlier
 * one. So the heap holds the groups that overlap at one time, not all of them.
 */
final class Sweep<G, T> {
    /** Loads a row group's rows. */
    @FunctionalInterface
    interface Loading<G, T> {
        void load(G group, List<T> into) throws IOException;
    }

    private final List<G> groups;
    private final ToLongFunction<G> earliest;
    private final Loading<G, T> loading;
    private final Comparator<? super T> order;
    private final ToLongFunction<T> time;
    private final List<T> waiting = new ArrayList<>();
    private int nextGroup;
    private int next;

    /** How many of those waiting may go on. */
    private int ready;

    Sweep(
            List<G> groups,
            ToLongFunction<G> earliest,
            Loading<G, T> loading,
            Comparator<? super T> order,
            ToLongFunction<T> time) {
        this.groups = new ArrayList<>(groups);
        this.groups.sort(Comparator.comparingLong(earliest));
        this.earliest = earliest;
        this.loading = loading;
        this.order = order;
        this.time = time;
    }

    /** The next row; null after the last. */
    @Nullable T next() throws IOException {
        while (next == ready) {
            waiting.subList(0, next).clear();
            next = 0;
            ready = 0;
            if (nextGroup == groups.size()) {
                if (waiting.isEmpty()) {
                    return null;
                }
                ready = waiting.size();
                break;
            }
            loading.load(groups.get(nextGroup++), waiting);
            waiting.sort(order);
            long horizon =
                    nextGroup == groups.size()
                            ? Long.MAX_VALUE
                            : earliest.applyAsLong(groups.get(nextGroup));
            while (ready < waiting.size() && time.applyAsLong(waiting.get(ready)) < horizon) {
                ready++;
            }
        }
        return waiting.get(next++);
    }
}
