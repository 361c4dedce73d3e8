package io.tidemark.bench.load;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The wall clock in microseconds that never jumps: read once, then moved by the monotonic clock. A
 * correction of the machine's clock during a run shows as {@link #driftMicros}. Thread-safe.
 */
public final class WallClock {
    private final Clock wall;
    private final long anchorMicros;
    private final long anchorNanos;

    private WallClock(Clock wall) {
        this.wall = wall;
        this.anchorNanos = System.nanoTime();
        this.anchorMicros = micros(wall.instant());
    }

    /** A clock that begins at the machine's UTC time. */
    public static WallClock start() {
        return new WallClock(Clock.systemUTC());
    }

    /** Microseconds since the epoch. */
    public long micros() {
        return anchorMicros + (System.nanoTime() - anchorNanos) / 1_000;
    }

    /** How far the machine's clock has moved away from this one since the start. */
    public long driftMicros() {
        return micros(wall.instant()) - micros();
    }

    /** Microseconds since the epoch of an instant. */
    public static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
