package io.tidemark.server.ledger;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A cell as clients see it; what does not exist is absent.
 *
 * @param symbol absent of rejected messages: no symbol is known
 * @param messages the sum of the four fates
 */
record CellBody(
        String minute,
        @Nullable String symbol,
        String type,
        long messages,
        long accepted,
        long duplicate,
        long late,
        long rejected,
        @Nullable Long lowestSequence,
        @Nullable Long highestSequence,
        @Nullable String firstEventTime,
        @Nullable String lastEventTime) {

    static CellBody of(StoredCell cell) {
        return new CellBody(
                cell.minute().toInstant().toString(),
                cell.symbol().isEmpty() ? null : cell.symbol(),
                cell.type(),
                cell.accepted() + cell.duplicate() + cell.late() + cell.rejected(),
                cell.accepted(),
                cell.duplicate(),
                cell.late(),
                cell.rejected(),
                cell.lowestSequence(),
                cell.highestSequence(),
                text(cell.firstEventTime()),
                text(cell.lastEventTime()));
    }

    private static @Nullable String text(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant().toString();
    }
}
