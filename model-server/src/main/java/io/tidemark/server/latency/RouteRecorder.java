package io.tidemark.server.latency;

import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Takes times of one route from any number of threads without a lock. */
final class RouteRecorder {
    private static final long LONGEST_MICROS = 600_000_000;

    private final Recorder micros = new Recorder(3);
    private final LongAdder errors = new LongAdder();

    void record(long took, boolean error) {
        micros.recordValue(Math.max(0, Math.min(took, LONGEST_MICROS)));
        if (error) {
            errors.increment();
        }
    }

    /** What came since the last call. */
    RouteTimes drain() {
        Histogram since = micros.getIntervalHistogram();
        since.setAutoResize(true);
        return new RouteTimes(since, since.getTotalCount(), errors.sumThenReset());
    }
}
