package io.tidemark.job.features;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The identities of a symbol's latest accepted events: those of one block of event time, on the
 * heap until the next block begins. See {@link IdentityMemory}.
 */
final class IdentityBlock {
    private static final long[] NONE = {};

    private long start = Grid.NEVER;
    private long[] identities = NONE;
    private int count;

    /** Where the block begins, microseconds; {@link Grid#NEVER} before the first event. */
    long start() {
        return start;
    }

    int size() {
        return count;
    }

    void add(long identity) {
        if (count == identities.length) {
            identities = Arrays.copyOf(identities, Math.max(8, 2 * count));
        }
        identities[count++] = identity;
    }

    /** O(events of the block). */
    boolean contains(long identity) {
        for (int i = 0; i < count; i++) {
            if (identities[i] == identity) {
                return true;
            }
        }
        return false;
    }

    /** A copy, in the order they came. */
    long[] toArray() {
        return Arrays.copyOf(identities, count);
    }

    /** Begins the block there, with what is known of it already. */
    void begin(long startMicros, long[] known) {
        start = startMicros;
        identities = known;
        count = known.length;
    }

    void save(DataOutput out) throws IOException {
        out.writeLong(start);
        out.writeInt(count);
        for (int i = 0; i < count; i++) {
            out.writeLong(identities[i]);
        }
    }

    /** Reads what {@link #save} wrote. */
    void restore(DataInput in) throws IOException {
        long startMicros = in.readLong();
        long[] known = new long[in.readInt()];
        for (int i = 0; i < known.length; i++) {
            known[i] = in.readLong();
        }
        begin(startMicros, known);
    }
}
