package io.tidemark.features.book;

import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.EventHeader;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The book of a symbol that may come on several feeds: the deepest one seen is used (0, unbounded,
 * is deepest) and messages of shallower ones are ignored.
 *
 * <p>A changed subscription must not leave a frozen book behind: when shallower feeds go on telling
 * of changes and the one in use says nothing for longer than the given patience, the shallower one
 * is used from there. A quiet market, where nobody tells of changes, does not count against it.
 */
public final class DeepestFeed {
    private static final int NONE = -1;

    private final OrderBook book = new OrderBook();
    private final long patienceMicros;
    private int depth = NONE;
    private long lastTimeMicros = EventHeader.UNKNOWN_TIME;

    /** When a shallower feed first told of a change after the last word of the one in use. */
    private long contradictedMicros = EventHeader.UNKNOWN_TIME;

    /**
     * @param patienceMicros how long the feed in use may miss what shallower ones tell
     */
    public DeepestFeed(long patienceMicros) {
        this.patienceMicros = patienceMicros;
    }

    /** The book. The same object for ever. */
    public OrderBook book() {
        return book;
    }

    /** When the feed in use last spoke; {@link EventHeader#UNKNOWN_TIME} before the first time. */
    public long lastTimeMicros() {
        return lastTimeMicros;
    }

    /** Takes one message, in order of time. */
    public BookChange accept(BookUpdate update) {
        if (update.depth() != depth) {
            if (!isDeeper(update) && !outlives(update)) {
                return BookChange.IGNORED;
            }
            book.clear();
            depth = update.depth();
        }
        lastTimeMicros = update.eventTimeMicros();
        contradictedMicros = EventHeader.UNKNOWN_TIME;
        return book.apply(update);
    }

    private boolean isDeeper(BookUpdate update) {
        return depth == NONE || (depth != 0 && (update.depth() == 0 || update.depth() > depth));
    }

    /** Whether a shallower feed has told of changes for longer than the patience. */
    private boolean outlives(BookUpdate shallower) {
        if (!tellsOfAChange(shallower)) {
            return false;
        }
        if (contradictedMicros == EventHeader.UNKNOWN_TIME) {
            contradictedMicros = shallower.eventTimeMicros();
        }
        return shallower.eventTimeMicros() - contradictedMicros > patienceMicros;
    }

    private boolean tellsOfAChange(BookUpdate update) {
        if (update.kind() == BookUpdate.Kind.DELTA) {
            return update.bids().length + update.asks().length > 0;
        }
        return !startsWith(update.bids(), book.bestBid())
                || !startsWith(update.asks(), book.bestAsk());
    }

    private static boolean startsWith(double[] pairs, double price) {
        return pairs.length > 0 && pairs[0] == price;
    }

    /** Forgets everything. */
    public void clear() {
        book.clear();
        depth = NONE;
        lastTimeMicros = EventHeader.UNKNOWN_TIME;
        contradictedMicros = EventHeader.UNKNOWN_TIME;
    }

    /** Writes the feed and its book. */
    public void save(DataOutput out) throws IOException {
        out.writeInt(depth);
        out.writeLong(lastTimeMicros);
        out.writeLong(contradictedMicros);
        book.save(out);
    }

    /**
     * Reads what {@link #save} wrote.
     *
     * @throws IOException when it did not
     */
    public void restore(DataInput in) throws IOException {
        depth = in.readInt();
        lastTimeMicros = in.readLong();
        contradictedMicros = in.readLong();
        book.restore(in);
    }
}
