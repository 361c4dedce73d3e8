package io.tidemark.server.quality;

import io.tidemark.features.quality.MinuteFates;
import io.tidemark.schemas.event.EventType;
import java.time.OffsetDateTime;

/** Part of a row of {@code ledger_cell}, see there. */
public record StoredFates(
        String type, OffsetDateTime minute, long duplicate, long late, long rejected) {

    MinuteFates fates() {
        return new MinuteFates(
                EventType.ofWireName(type)
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "ledger_cell has an unknown type " + type)),
                StoredMinute.micros(minute),
                duplicate,
                late,
                rejected);
    }
}
