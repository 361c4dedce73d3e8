package io.tidemark.job.ledger;

import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The counts of one task since its last checkpoint. An event costs a comparison and some additions:
 * events come symbol by symbol, so the cell is most often that of the last event of its type.
 */
final class OpenCells {
    private static final long MINUTE_MICROS = 60_000_000;

    private final Map<LedgerCell.Key, Tally> tallies = new HashMap<>();
    private final @Nullable Tally[] lastOfType = new @Nullable Tally[EventType.values().length];

    /** Counts an event that met that fate. */
    void count(MarketEvent event, Verdict verdict) {
        EventHeader header = event.header();
        tally(header.symbol(), event.type(), header.eventTimeMicros()).count(header, verdict);
    }

    /** Counts a message that could not be read, of a queue of that type, at the time of reading. */
    void reject(EventType type, long readMicros) {
        tally(LedgerCell.NO_SYMBOL, type, readMicros).rejected++;
    }

    /** The counts, in no order; what is counted from now on is another's. */
    List<LedgerCell> drain() {
        List<LedgerCell> cells = new ArrayList<>(tallies.size());
        tallies.forEach((key, tally) -> cells.add(tally.cell(key)));
        tallies.clear();
        Arrays.fill(lastOfType, null);
        return cells;
    }

    private Tally tally(String symbol, EventType type, long micros) {
        Tally last = lastOfType[type.ordinal()];
        if (last != null && last.isOf(symbol, micros)) {
            return last;
        }
        long minute = Math.floorDiv(micros, MINUTE_MICROS) * MINUTE_MICROS;
        Tally found =
                tallies.computeIfAbsent(
                        new LedgerCell.Key(symbol, type, minute), key -> new Tally(symbol, minute));
        lastOfType[type.ordinal()] = found;
        return found;
    }

    private static final class Tally {
        private final String symbol;
        private final long minute;
        private long accepted;
        private long duplicate;
        private long late;
        private long rejected;
        private long lowestSequence = LedgerCell.NO_SEQUENCE;
        private long highestSequence = LedgerCell.NO_SEQUENCE;
        private long firstTime = EventHeader.UNKNOWN_TIME;
        private long lastTime = EventHeader.UNKNOWN_TIME;

        Tally(String symbol, long minute) {
            this.symbol = symbol;
            this.minute = minute;
        }

        boolean isOf(String wantedSymbol, long micros) {
            return micros >= minute
                    && micros - minute < MINUTE_MICROS
                    && symbol.equals(wantedSymbol);
        }

        void count(EventHeader header, Verdict verdict) {
            switch (verdict) {
                case ACCEPTED -> accepted++;
                case LATE -> late++;
                case DUPLICATE -> {
                    duplicate++;
                    return;
                }
            }
            long sequence = header.sequence();
            if (sequence != LedgerCell.NO_SEQUENCE) {
                lowestSequence =
                        lowestSequence == LedgerCell.NO_SEQUENCE
                                ? sequence
                                : Math.min(lowestSequence, sequence);
                highestSequence = Math.max(highestSequence, sequence);
            }
            long time = header.eventTimeMicros();
            firstTime = firstTime == EventHeader.UNKNOWN_TIME ? time : Math.min(firstTime, time);
            lastTime = Math.max(lastTime, time);
        }

        LedgerCell cell(LedgerCell.Key key) {
            return new LedgerCell(
                    key.symbol(),
                    key.type(),
                    key.minuteMicros(),
                    accepted,
                    duplicate,
                    late,
                    rejected,
                    lowestSequence,
                    highestSequence,
                    firstTime,
                    lastTime);
        }
    }
}
