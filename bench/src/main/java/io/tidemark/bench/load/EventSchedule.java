package io.tidemark.bench.load;

/**
 * When each event of a run is to be sent, fixed before the run begins. Latency is measured from
 * these times, so a sender that falls behind makes the figures worse instead of hiding the wait
 * (coordinated omission).
 *
 * @param startMicros the intended time of event 0, microseconds since the epoch
 * @param eventsPerSecond the rate, evenly spaced; 1 to 1,000,000
 */
public record EventSchedule(long startMicros, int eventsPerSecond) {
    private static final long MICROS = 1_000_000;

    public EventSchedule {
        if (eventsPerSecond < 1 || eventsPerSecond > MICROS) {
            throw new IllegalArgumentException(
                    "rate must be 1 to 1,000,000 events/s, got " + eventsPerSecond);
        }
    }

    /** The intended time of event n, microseconds since the epoch. */
    public long intendedMicros(long n) {
        return startMicros
                + (n / eventsPerSecond) * MICROS
                + (n % eventsPerSecond) * MICROS / eventsPerSecond;
    }

    /**
     * The time event n says it happened: the intended time in whole milliseconds, which is what the
     * wire carries. Never after the intended time.
     */
    public long eventTimeMicros(long n) {
        return Math.floorDiv(intendedMicros(n), 1_000L) * 1_000L;
    }

    /** The first event with an intended time at or after that one. */
    public long firstAtOrAfter(long micros) {
        if (micros <= startMicros) {
            return 0;
        }
        long n = Math.max(0, (micros - startMicros) * eventsPerSecond / MICROS - 1);
        while (intendedMicros(n) < micros) {
            n++;
        }
        return n;
    }
}
