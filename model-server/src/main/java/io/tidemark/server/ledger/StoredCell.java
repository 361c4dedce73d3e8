package io.tidemark.server.ledger;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A row of {@code ledger_cell}, see there. */
public record StoredCell(
        String symbol,
        String type,
        OffsetDateTime minute,
        long accepted,
        long duplicate,
        long late,
        long rejected,
        @Nullable Long lowestSequence,
        @Nullable Long highestSequence,
        @Nullable OffsetDateTime firstEventTime,
        @Nullable OffsetDateTime lastEventTime) {}
