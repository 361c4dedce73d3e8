package io.tidemark.job.ledger;

import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.EventType;
import java.util.Comparator;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * What became of messages of one symbol, type and minute: not of all of them, but of those counted
 * since the last checkpoint. Cells of one key are added up.
 *
 * @param symbol the instrument; empty for rejected messages, of which no symbol is known
 * @param type the event's type; of a rejected message, its queue's
 * @param minuteMicros begin of the minute of event time, of a rejected message the minute of
 *     reading; microseconds since the epoch, UTC
 * @param lowestSequence the venue's lowest sequence of those accepted or late; {@link #NO_SEQUENCE}
 *     when none has one
 * @param highestSequence likewise the highest
 * @param firstEventTimeMicros event time of the earliest accepted or late; {@link
 *     EventHeader#UNKNOWN_TIME} when there is none
 * @param lastEventTimeMicros likewise of the latest
 */
public record LedgerCell(
        String symbol,
        EventType type,
        long minuteMicros,
        long accepted,
        long duplicate,
        long late,
        long rejected,
        long lowestSequence,
        long highestSequence,
        long firstEventTimeMicros,
        long lastEventTimeMicros) {

    /** The sequence of an event whose venue gives none. */
    public static final long NO_SEQUENCE = 0;

    /** The symbol of messages whose symbol is not known. */
    public static final String NO_SYMBOL = "";

    /** How a stream of cells travels. */
    public static final TypeInformation<LedgerCell> TYPE = Types.POJO(LedgerCell.class);

    /** The order of keys, in which all who write lock. */
    public static final Comparator<LedgerCell> BY_KEY =
            Comparator.comparing(LedgerCell::symbol)
                    .thenComparing(LedgerCell::type)
                    .thenComparingLong(LedgerCell::minuteMicros);

    /** What one cell is about. */
    public record Key(String symbol, EventType type, long minuteMicros) {}

    public Key key() {
        return new Key(symbol, type, minuteMicros);
    }

    /** Messages counted, whatever became of them. */
    public long messages() {
        return accepted + duplicate + late + rejected;
    }

    /** Both counts as one; the keys must be equal. */
    public LedgerCell plus(LedgerCell other) {
        if (!key().equals(other.key())) {
            throw new IllegalArgumentException(
                    "cells of one key are added, got %s and %s".formatted(key(), other.key()));
        }
        return new LedgerCell(
                symbol,
                type,
                minuteMicros,
                accepted + other.accepted,
                duplicate + other.duplicate,
                late + other.late,
                rejected + other.rejected,
                lowest(lowestSequence, other.lowestSequence, NO_SEQUENCE),
                Math.max(highestSequence, other.highestSequence),
                lowest(firstEventTimeMicros, other.firstEventTimeMicros, EventHeader.UNKNOWN_TIME),
                Math.max(lastEventTimeMicros, other.lastEventTimeMicros));
    }

    private static long lowest(long one, long other, long none) {
        if (one == none) {
            return other;
        }
        return other == none ? one : Math.min(one, other);
    }
}
