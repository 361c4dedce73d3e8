package io.tidemark.job.source;

import java.util.Arrays;

/**
 * Messages that a restored checkpoint holds and the broker may deliver again, because it was not
 * told, or not yet, that they are done with: a multiset of identities, each with the time until
 * which it is awaited. A delivery that the broker marks as redelivered and that is found here was
 * emitted before.
 *
 * <p>Most come at once, when the lost connection's messages are back in the queue. But a connection
 * whose other end is gone without a word can hold messages for long, until the broker's heartbeat
 * or its consumer timeout (30 minutes by default) ends it; those must still be known. What was
 * acknowledged after all never comes, and is forgotten when its time is over.
 *
 * <p>An open-addressed table of primitives, at most half full: 24 bytes to 48 bytes a message.
 */
final class AwaitedDeliveries {
    private static final int LEAST = 64;

    private final int most;
    private long[] first = new long[LEAST];
    private long[] second = new long[LEAST];
    private long[] until = new long[LEAST];
    private int size;

    /**
     * @param most how many are remembered at most; what is added beyond is not
     */
    AwaitedDeliveries(int most) {
        this.most = most;
    }

    /**
     * Adds one.
     *
     * @param untilMillis of the clock that {@link #expire} is told; positive
     */
    void add(long firstHalf, long secondHalf, long untilMillis) {
        if (size == most) {
            return;
        }
        if (2 * (size + 1) > first.length) {
            rehash(2 * first.length, Long.MIN_VALUE);
        }
        insert(firstHalf, secondHalf, untilMillis);
    }

    /** Takes one of that identity out; false when there is none. */
    boolean take(ContentIdentity identity) {
        if (size == 0) {
            return false;
        }
        int mask = first.length - 1;
        for (int i = slot(identity.first(), mask); until[i] != 0; i = (i + 1) & mask) {
            if (first[i] == identity.first() && second[i] == identity.second()) {
                remove(i);
                return true;
            }
        }
        return false;
    }

    /** Forgets those whose time is over. */
    void expire(long nowMillis) {
        if (size > 0) {
            rehash(first.length, nowMillis);
        }
    }

    int size() {
        return size;
    }

    /**
     * Adds what {@link #left} gave.
     *
     * @param mostMillis the longest that any is awaited: earlier builds wrote the time of the wall
     *     clock at which it is over
     */
    void addLeft(long[] left, long nowMillis, long mostMillis) {
        for (int i = 0; i < left.length; i += 3) {
            add(left[i], left[i + 1], nowMillis + Math.min(left[i + 2], mostMillis));
        }
    }

    /** All of them: first half, second half, milliseconds left; three numbers each. */
    long[] left(long nowMillis) {
        long[] left = toArray();
        for (int i = 2; i < left.length; i += 3) {
            left[i] -= nowMillis;
        }
        return left;
    }

    /** All of them: first half, second half, time; three numbers each. */
    long[] toArray() {
        long[] all = new long[3 * size];
        int to = 0;
        for (int i = 0; i < first.length; i++) {
            if (until[i] != 0) {
                all[to++] = first[i];
                all[to++] = second[i];
                all[to++] = until[i];
            }
        }
        return all;
    }

    private void rehash(int capacity, long nowMillis) {
        long[] all = toArray();
        if (first.length == capacity) {
            Arrays.fill(until, 0);
        } else {
            first = new long[capacity];
            second = new long[capacity];
            until = new long[capacity];
        }
        size = 0;
        for (int i = 0; i < all.length; i += 3) {
            if (all[i + 2] > nowMillis) {
                insert(all[i], all[i + 1], all[i + 2]);
            }
        }
    }

    private void insert(long firstHalf, long secondHalf, long untilMillis) {
        int mask = first.length - 1;
        int i = slot(firstHalf, mask);
        while (until[i] != 0) {
            i = (i + 1) & mask;
        }
        first[i] = firstHalf;
        second[i] = secondHalf;
        until[i] = untilMillis;
        size++;
    }

    /** Closes the gap, so that a search never stops before what it looks for (Knuth, 6.4 R). */
    private void remove(int at) {
        int mask = first.length - 1;
        int gap = at;
        for (int i = (at + 1) & mask; until[i] != 0; i = (i + 1) & mask) {
            int home = slot(first[i], mask);
            if (((i - home) & mask) >= ((i - gap) & mask)) {
                first[gap] = first[i];
                second[gap] = second[i];
                until[gap] = until[i];
                gap = i;
            }
        }
        until[gap] = 0;
        size--;
    }

    private static int slot(long firstHalf, int mask) {
        return (int) (firstHalf ^ (firstHalf >>> 32)) & mask;
    }
}
