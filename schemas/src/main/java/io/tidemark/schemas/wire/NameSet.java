package io.tidemark.schemas.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The field names seen in one JSON object, reusable without clearing. Holds at most half of its
 * capacity; the caller bounds the number of names. Not thread-safe.
 */
final class NameSet {
    private final @Nullable String[] names;
    private final int[] generations;
    private int generation;

    /** A set for at most that many names. */
    NameSet(int maxNames) {
        int capacity = Integer.highestOneBit(Math.max(8, maxNames)) << 2;
        names = new String[capacity];
        generations = new int[capacity];
    }

    /** Forgets every name. O(1), but for one call in four billion. */
    void reset() {
        generation++;
        if (generation == 0) {
            Arrays.fill(generations, 0);
            generation = 1;
        }
    }

    /** Adds the name; false when it was there. */
    boolean add(String name) {
        int mask = names.length - 1;
        int hash = name.hashCode();
        int slot = (hash ^ (hash >>> 16)) & mask;
        while (generations[slot] == generation) {
            if (name.equals(names[slot])) {
                return false;
            }
            slot = (slot + 1) & mask;
        }
        names[slot] = name;
        generations[slot] = generation;
        return true;
    }
}
