package io.tidemark.server.quality;

import io.tidemark.features.quality.DelayHistogram;
import io.tidemark.features.quality.MinuteQuality;
import io.tidemark.schemas.event.EventType;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of {@code minute_quality}, see there. */
public record StoredMinute(
        String symbol,
        String type,
        OffsetDateTime minute,
        long messages,
        long gaps,
        long missing,
        long silences,
        long silentMicros,
        long repeats,
        long spikes,
        double worstSpike,
        long crossed,
        long overtaken,
        long clocked,
        long behind,
        @Nullable Long leastMicros,
        @Nullable Long mostMicros,
        long totalMicros,
        List<Long> delays) {

    /** As it was measured. */
    MinuteQuality quality() {
        return new MinuteQuality(
                symbol,
                EventType.ofWireName(type)
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "minute_quality has an unknown type " + type)),
                micros(minute),
                messages,
                gaps,
                missing,
                silences,
                silentMicros,
                repeats,
                spikes,
                worstSpike,
                crossed,
                overtaken,
                clocked,
                behind,
                leastMicros == null ? Long.MAX_VALUE : leastMicros,
                mostMicros == null ? Long.MIN_VALUE : mostMicros,
                totalMicros,
                Arrays.copyOf(
                        delays.stream().mapToLong(Long::longValue).toArray(), DelayHistogram.BINS));
    }

    static long micros(OffsetDateTime time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant());
    }
}
