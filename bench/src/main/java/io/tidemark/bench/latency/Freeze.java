package io.tidemark.bench.latency;

import io.tidemark.bench.load.WallClock;
import io.tidemark.bench.platform.JobProcess;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * A stretch of time in which the job stood still.
 *
 * @param stoppedMicros it had stopped by then
 * @param continuedMicros it had not gone on before then
 */
record Freeze(long stoppedMicros, long continuedMicros) {
    private static final long LEAD_MICROS = TimeUnit.MILLISECONDS.toMicros(200);
    private static final long AFTER_MICROS = TimeUnit.MILLISECONDS.toMicros(1_000);

    /** Stops the job shortly before that grid time, so that its rows are due while it stands. */
    static Freeze of(JobProcess job, WallClock clock, long gridMicros)
            throws IOException, InterruptedException {
        sleepUntil(clock, gridMicros - LEAD_MICROS);
        job.freeze();
        try {
            long stopped = clock.micros();
            sleepUntil(clock, gridMicros + AFTER_MICROS);
            return new Freeze(stopped, clock.micros());
        } finally {
            job.thaw();
        }
    }

    private static void sleepUntil(WallClock clock, long micros) throws InterruptedException {
        long left;
        while ((left = micros - clock.micros()) > 0) {
            TimeUnit.MICROSECONDS.sleep(left);
        }
    }
}
