package io.tidemark.features.market;

import io.tidemark.schemas.event.EventHeader;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** How many events each step of the cadence had: the open one and the one before. */
final class GridCount {
    private final long cadenceMicros;
    private long openStep;
    private long openEndMicros;
    private long open;
    private long closed;

    GridCount(long cadenceMicros) {
        this.cadenceMicros = cadenceMicros;
        clear();
    }

    void clear() {
        openStep = Long.MIN_VALUE;
        openEndMicros = EventHeader.UNKNOWN_TIME;
        open = 0;
        closed = 0;
    }

    /** An event at or after that time belongs to a later step than the open one. */
    long openEndMicros() {
        return openEndMicros;
    }

    void add(long events) {
        open += events;
    }

    /** Opens the step of that time. */
    void advanceTo(long micros) {
        long step = Math.floorDiv(micros, cadenceMicros);
        if (step != openStep) {
            closed = step == openStep + 1 ? open : 0;
            open = 0;
            openStep = step;
            openEndMicros = (step + 1) * cadenceMicros;
        }
    }

    /** Events in [T - cadence, T), T the grid time reached. */
    long closed() {
        return closed;
    }

    void save(DataOutput out) throws IOException {
        out.writeLong(cadenceMicros);
        out.writeLong(openStep);
        out.writeLong(open);
        out.writeLong(closed);
    }

    /** Reads what {@link #save} wrote. Counts of another cadence are dropped. */
    void restore(DataInput in) throws IOException {
        boolean keep = in.readLong() == cadenceMicros;
        long step = in.readLong();
        long savedOpen = in.readLong();
        long savedClosed = in.readLong();
        if (keep && step != Long.MIN_VALUE) {
            openStep = step;
            openEndMicros = (step + 1) * cadenceMicros;
            open = savedOpen;
            closed = savedClosed;
        }
    }
}
