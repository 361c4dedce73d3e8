package io.tidemark.job.serving;

import io.tidemark.schemas.event.EventHeader;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Microseconds since the epoch as the database driver takes a {@code timestamptz}. */
final class StoreTime {
    private StoreTime() {}

    static OffsetDateTime of(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    /** Null for {@link EventHeader#UNKNOWN_TIME}. */
    static @Nullable OffsetDateTime orNull(long micros) {
        return micros == EventHeader.UNKNOWN_TIME ? null : of(micros);
    }
}
