package io.tidemark.bench.latency;

import io.tidemark.bench.load.EventSchedule;
import io.tidemark.bench.load.MarketMix;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Delays in microseconds, and what had none because it was not seen.
 *
 * @param delays of what was seen
 * @param missing how many were not
 */
record Delays(Histogram delays, long missing) {
    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(20);

    /**
     * Of each row whose T is in the stretch of time: first seen - T.
     *
     * @param fromMicros inclusive
     * @param toMicros exclusive
     */
    static Delays ofRows(Sightings sightings, long fromMicros, long toMicros) {
        RowGrid grid = sightings.grid();
        int end = grid.firstStepAtOrAfter(toMicros);
        Histogram histogram = histogram();
        long missing = 0;
        for (int step = grid.firstStepAtOrAfter(fromMicros); step < end; step++) {
            for (int symbol = 0; symbol < grid.symbols(); symbol++) {
                long seen = sightings.at(step, symbol);
                if (seen == Sightings.NEVER) {
                    missing++;
                    continue;
                }
                record(histogram, seen - grid.timeOf(step));
            }
        }
        return new Delays(histogram, missing);
    }

    /**
     * Of each event intended in the stretch of time: its row first seen - its intended time. An
     * event waits up to one cadence for its T; that wait is part of it.
     */
    static Delays ofEvents(
            Sightings sightings,
            EventSchedule schedule,
            MarketMix mix,
            long fromMicros,
            long toMicros) {
        RowGrid grid = sightings.grid();
        Histogram histogram = histogram();
        long missing = 0;
        long end = schedule.firstAtOrAfter(toMicros);
        for (long n = schedule.firstAtOrAfter(fromMicros); n < end; n++) {
            int step = grid.stepOf(grid.rowOf(schedule.eventTimeMicros(n)));
            long seen = step < 0 ? Sightings.NEVER : sightings.at(step, mix.symbolOf(n));
            if (seen == Sightings.NEVER) {
                missing++;
                continue;
            }
            record(histogram, seen - schedule.intendedMicros(n));
        }
        return new Delays(histogram, missing);
    }

    private static Histogram histogram() {
        return new Histogram(LONGEST_MICROS, 3);
    }

    private static void record(Histogram histogram, long micros) {
        if (micros < 0) {
            throw new IllegalStateException(
                    "a row was seen %d us before its time: the clocks disagree".formatted(-micros));
        }
        histogram.recordValue(micros);
    }
}
