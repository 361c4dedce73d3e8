package io.tidemark.job.features;

/**
 * How far a task may close steps. At first, until it was told which registries there are, not at
 * all; while a change of registry is timed, a little further than it has; else as far as it can.
 */
final class Hold {
    /** Event time in which the coordinator asks all tasks and writes the time to the store. */
    private static final long MARGIN_MICROS = 500_000;

    private static final long NONE = Long.MAX_VALUE;

    private long limitMicros = Grid.NEVER;

    /**
     * Begins.
     *
     * @param closedMicros everything up to there is closed
     * @return the time beyond which nothing is closed
     */
    long from(long closedMicros) {
        limitMicros =
                closedMicros == Grid.NEVER || closedMicros == Long.MAX_VALUE
                        ? closedMicros
                        : closedMicros + MARGIN_MICROS;
        return limitMicros;
    }

    void end() {
        limitMicros = NONE;
    }

    /** As much of the watermark as may be worked off. */
    long allowed(long watermarkMillis) {
        if (limitMicros == NONE) {
            return watermarkMillis;
        }
        return limitMicros == Grid.NEVER
                ? Long.MIN_VALUE
                : Math.min(watermarkMillis, Grid.watermarkClosing(limitMicros));
    }
}
