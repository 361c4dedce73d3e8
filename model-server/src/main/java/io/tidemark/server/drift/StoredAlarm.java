package io.tidemark.server.drift;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code drift_alarm}, see there.
 *
 * @param active whether its model is the active one
 */
public record StoredAlarm(
        long number,
        long version,
        String symbol,
        String feature,
        OffsetDateTime openedWindow,
        OffsetDateTime lastWindow,
        long windows,
        double worstPsi,
        boolean muted,
        @Nullable OffsetDateTime closedWindow,
        @Nullable String acknowledgedBy,
        @Nullable OffsetDateTime acknowledgedAt,
        @Nullable String comment,
        boolean active) {

    /** Closed, superseded by another model, acknowledged, or open. */
    String state() {
        if (closedWindow != null) {
            return "closed";
        }
        if (!active) {
            return "superseded";
        }
        return acknowledgedBy == null ? "open" : "acknowledged";
    }
}
