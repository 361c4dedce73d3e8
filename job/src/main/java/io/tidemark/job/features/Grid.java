package io.tidemark.job.features;

import java.io.Serializable;

/**
 * The grid of closing steps, aligned to the epoch. An event with time t belongs to the step that
 * ends at {@link #stepEnd}(t): an event exactly at a step's end belongs to the next.
 *
 * @param stepMicros length of a step
 * @param cadenceMicros time between rows; a multiple of the step
 */
record Grid(long stepMicros, long cadenceMicros) implements Serializable {
    /** Before any time. */
    static final long NEVER = Long.MIN_VALUE;

    Grid {
        if (stepMicros < 1_000 || stepMicros % 1_000 != 0 || cadenceMicros % stepMicros != 0) {
            throw new IllegalArgumentException(
                    "step must be whole milliseconds and divide the cadence, got step %d and cadence %d microseconds"
                            .formatted(stepMicros, cadenceMicros));
        }
    }

    /** The end of the step the time belongs to. */
    long stepEnd(long timeMicros) {
        return (Math.floorDiv(timeMicros, stepMicros) + 1) * stepMicros;
    }

    /** The last step end that a watermark closes: no event before it can still come in time. */
    long closedBy(long watermarkMillis) {
        if (watermarkMillis < Long.MIN_VALUE / 2_000 || watermarkMillis > Long.MAX_VALUE / 2_000) {
            return watermarkMillis < 0 ? NEVER : Long.MAX_VALUE;
        }
        return Math.floorDiv((watermarkMillis + 1) * 1_000, stepMicros) * stepMicros;
    }

    /** The watermark that closes the step: its last millisecond. */
    static long watermarkClosing(long stepEndMicros) {
        return stepEndMicros / 1_000 - 1;
    }

    boolean isRowTime(long stepEndMicros) {
        return stepEndMicros % cadenceMicros == 0;
    }
}
