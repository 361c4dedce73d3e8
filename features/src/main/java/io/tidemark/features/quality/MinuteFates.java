package io.tidemark.features.quality;

import io.tidemark.schemas.event.EventType;

/**
 * How many messages of one type and minute did not make it into the rows that were served.
 *
 * @param minuteMicros begin of the minute, microseconds since the epoch, UTC
 * @param duplicates seen before
 * @param late came after their row
 * @param rejected could not be read
 */
public record MinuteFates(
        EventType type, long minuteMicros, long duplicates, long late, long rejected) {}
