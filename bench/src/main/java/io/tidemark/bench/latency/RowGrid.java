package io.tidemark.bench.latency;

/**
 * The rows a run must give: every symbol at every multiple of the cadence from the first grid time
 * on.
 *
 * @param firstMicros the first T, microseconds since the epoch
 * @param cadenceMicros between two T
 * @param steps how many T
 * @param symbols how many symbols
 */
record RowGrid(long firstMicros, long cadenceMicros, int steps, int symbols) {

    RowGrid {
        if (cadenceMicros < 1 || firstMicros % cadenceMicros != 0) {
            throw new IllegalArgumentException(
                    "the first grid time must be a multiple of the cadence, got %d and %d"
                            .formatted(firstMicros, cadenceMicros));
        }
    }

    /** The T of step i. */
    long timeOf(int step) {
        return firstMicros + step * cadenceMicros;
    }

    /** The step at T; -1 when T is not of this run. */
    int stepOf(long gridMicros) {
        long offset = gridMicros - firstMicros;
        if (offset < 0 || offset % cadenceMicros != 0 || offset / cadenceMicros >= steps) {
            return -1;
        }
        return (int) (offset / cadenceMicros);
    }

    /** The T of the row an event at that time is new in: the first after it. */
    long rowOf(long eventMicros) {
        return (Math.floorDiv(eventMicros, cadenceMicros) + 1) * cadenceMicros;
    }

    /** The first step with T at or after that time; {@code steps} when there is none. */
    int firstStepAtOrAfter(long micros) {
        long after = -Math.floorDiv(firstMicros - micros, cadenceMicros);
        return (int) Math.min(Math.max(0, after), steps);
    }
}
