package io.tidemark.bench.latency;

import java.util.concurrent.atomic.AtomicLongArray;

/** When each row was first seen by one observer. Written by one thread, read by any. */
final class Sightings {
    /** Not seen. */
    static final long NEVER = 0;

    private final RowGrid grid;
    private final AtomicLongArray seen;

    Sightings(RowGrid grid) {
        this.grid = grid;
        this.seen = new AtomicLongArray(grid.steps() * grid.symbols());
    }

    /** Notes a sighting; the first counts. A T outside the run is ignored. */
    void see(int symbol, long gridMicros, long seenMicros) {
        int step = grid.stepOf(gridMicros);
        if (step >= 0) {
            seen.compareAndSet(step * grid.symbols() + symbol, NEVER, seenMicros);
        }
    }

    /** When the row was first seen, microseconds since the epoch, or {@link #NEVER}. */
    long at(int step, int symbol) {
        return seen.get(step * grid.symbols() + symbol);
    }

    /** Rows of the steps from (inclusive) to (exclusive) not seen. */
    int missing(int fromStep, int toStep) {
        int missing = 0;
        for (int i = fromStep * grid.symbols(); i < toStep * grid.symbols(); i++) {
            missing += seen.get(i) == NEVER ? 1 : 0;
        }
        return missing;
    }

    RowGrid grid() {
        return grid;
    }
}
