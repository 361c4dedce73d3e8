package io.tidemark.features.bar;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The bars of one symbol, of every length planned. Costs a {@link BarStore} a length. Not
 * thread-safe.
 */
public final class BarStores {
    private final BarStore[] stores;

    /** Nothing known yet. */
    public BarStores(BarPlans plans, long carryMicros) {
        stores =
                plans.plans().stream()
                        .map(plan -> new BarStore(plan, carryMicros))
                        .toArray(BarStore[]::new);
    }

    /** Takes a trade, at or after all before it and the time reached. */
    public void accept(double price, double size, long timeMicros) {
        for (BarStore store : stores) {
            store.accept(price, size, timeMicros);
        }
    }

    /** Closes the bars that end by then: no trade before that time will come. */
    public void advanceTo(long micros) {
        for (BarStore store : stores) {
            store.advanceTo(micros);
        }
    }

    /**
     * The bars of that length.
     *
     * @throws IllegalArgumentException when none are kept
     */
    public BarView bars(long barMicros) {
        BarStore store = find(barMicros);
        if (store == null) {
            throw new IllegalArgumentException("no bars of " + barMicros + " us are kept");
        }
        return store;
    }

    private @Nullable BarStore find(long barMicros) {
        for (BarStore store : stores) {
            if (store.plan().barMicros() == barMicros) {
                return store;
            }
        }
        return null;
    }

    /** Whether no bar anybody looks at is missing from the past or undefined. */
    public boolean full() {
        for (BarStore store : stores) {
            if (!store.full()) {
                return false;
            }
        }
        return true;
    }

    /** Forgets everything. */
    public void clear() {
        for (BarStore store : stores) {
            store.clear();
        }
    }

    /** Writes the state: at most 41 bytes a bar. */
    public void save(DataOutput out) throws IOException {
        out.writeInt(stores.length);
        for (BarStore store : stores) {
            out.writeLong(store.plan().barMicros());
            store.save(out);
        }
    }

    /**
     * Reads what {@link #save} wrote. Bars of a length that was not kept then begin after the one
     * that is open at the time reached; so do all when what is saved was carried on for another
     * time than here.
     */
    public void restore(DataInput in, boolean sameCarry, long reachedMicros) throws IOException {
        beginWithin(reachedMicros);
        for (int i = in.readInt(); i > 0; i--) {
            BarStore store = find(in.readLong());
            (store == null || !sameCarry ? BarStore.toSkip() : store).restore(in);
        }
    }

    /** Begins within the bars open at that time, of which trades may be missed. */
    public void beginWithin(long reachedMicros) {
        for (BarStore store : stores) {
            store.beginWithin(reachedMicros);
        }
    }
}
