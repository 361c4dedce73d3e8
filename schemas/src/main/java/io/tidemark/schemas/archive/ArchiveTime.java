package io.tidemark.schemas.archive;

import io.tidemark.schemas.event.EventHeader;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Microseconds since the epoch as the {@link Instant} of a generated record, and back. Total: every
 * long has an instant and comes back as itself, so an odd time never stops a file from being
 * written.
 */
final class ArchiveTime {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private ArchiveTime() {}

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND),
                Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO);
    }

    static @Nullable Instant instantOrNull(long micros) {
        return micros == EventHeader.UNKNOWN_TIME ? null : instant(micros);
    }

    /** The product wraps for the smallest times and the sum wraps back: the result is exact. */
    static long micros(Instant instant) {
        return instant.getEpochSecond() * MICROS_PER_SECOND + instant.getNano() / NANOS_PER_MICRO;
    }

    static long microsOrUnknown(@Nullable Instant instant) {
        return instant == null ? EventHeader.UNKNOWN_TIME : micros(instant);
    }
}
