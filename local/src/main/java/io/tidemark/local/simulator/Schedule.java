package io.tidemark.local.simulator;

import java.util.Arrays;

/** When each feed speaks next. Times are cut to whole milliseconds, as an exchange's are. */
final class Schedule {
    private final long[] times = new long[Feed.values().length];

    Schedule(long startMicros) {
        Arrays.fill(times, startMicros);
    }

    void set(Feed feed, long micros) {
        times[feed.ordinal()] = micros;
    }

    Feed next() {
        Feed first = Feed.CANDLE_CLOSE;
        for (Feed feed : Feed.values()) {
            if (millis(feed) < millis(first)) {
                first = feed;
            }
        }
        return first;
    }

    /** The time of the next feed, microseconds since the epoch. */
    long time() {
        return millis(next()) * 1_000;
    }

    private long millis(Feed feed) {
        return Math.floorDiv(times[feed.ordinal()], 1_000L);
    }
}
