package io.tidemark.features.book;

import io.tidemark.schemas.event.BookUpdate;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The book of one feed of one symbol. A full book (a snapshot, or update id 1 after a restart of
 * the venue's service) replaces everything; a change must carry the next update id, else messages
 * are missing and the book is invalid until the next full book. A full book sent again is normal; a
 * change at or before the last id is an old one sent again and changes nothing. All levels of one
 * message apply together. After them the book must have the checksum the message carries, if any
 * and if it can be told (see {@link BookChecksum}), else it is invalid as after a gap.
 *
 * <p>Not thread-safe. State is 16 bytes a level; nothing is allocated but when a side grows, and at
 * the first checksum.
 */
public final class OrderBook implements BookView {
    private final BookSide bids = BookSide.bids();
    private final BookSide asks = BookSide.asks();
    private boolean valid;
    private boolean gapReported;
    private long updateId;
    private int feedDepth;
    private double churn;

    /** Made for the first message that has one: most venues' have none. */
    private @Nullable BookChecksum checksum;

    /**
     * Applies one message. A level best first costs the levels since the one before, eight at once.
     */
    public BookChange apply(BookUpdate update) {
        churn = 0;
        if (update.kind() == BookUpdate.Kind.SNAPSHOT || update.updateId() == 1) {
            boolean restart = valid && update.updateId() == 1 && updateId > 1;
            double replaced = bids.replace(update.bids()) + asks.replace(update.asks());
            churn = valid ? replaced : 0;
            valid = true;
            gapReported = false;
            updateId = update.updateId();
            feedDepth = update.depth();
            if (!fits(update)) {
                return mismatch();
            }
            return restart ? BookChange.RESTART : BookChange.APPLIED;
        }
        if (!valid) {
            return reportGapOnce();
        }
        if (update.updateId() <= updateId) {
            return BookChange.IGNORED;
        }
        if (update.updateId() != updateId + 1) {
            invalidate();
            return reportGapOnce();
        }
        churn = bids.apply(update.bids()) + asks.apply(update.asks());
        updateId = update.updateId();
        return fits(update) ? BookChange.APPLIED : mismatch();
    }

    private boolean fits(BookUpdate update) {
        if (!update.hasChecksum()) {
            return true;
        }
        if (checksum == null) {
            checksum = new BookChecksum();
        }
        long own = checksum.of(this);
        return own == BookChecksum.UNKNOWN || own == update.checksum();
    }

    /** The changes that follow are after a gap that was reported. */
    private BookChange mismatch() {
        invalidate();
        churn = 0;
        gapReported = true;
        return BookChange.MISMATCH;
    }

    /**
     * Size the last message added plus size it removed, all levels of both sides, when it led from
     * a valid book to a valid book; else 0. What the feed's depth drops unsaid is not in it.
     */
    public double churn() {
        return churn;
    }

    private BookChange reportGapOnce() {
        if (gapReported) {
            return BookChange.IGNORED;
        }
        gapReported = true;
        return BookChange.GAP;
    }

    private void invalidate() {
        valid = false;
        bids.clear();
        asks.clear();
    }

    /** Forgets everything, as before the first message. */
    public void clear() {
        invalidate();
        gapReported = false;
        updateId = 0;
        feedDepth = 0;
    }

    @Override
    public boolean valid() {
        return valid;
    }

    @Override
    public boolean crossed() {
        return bids.count() > 0 && asks.count() > 0 && bids.price(0) >= asks.price(0);
    }

    @Override
    public boolean defined() {
        return valid && bids.count() > 0 && asks.count() > 0 && bids.price(0) < asks.price(0);
    }

    @Override
    public int feedDepth() {
        return feedDepth;
    }

    @Override
    public long updateId() {
        return updateId;
    }

    @Override
    public int bidLevels() {
        return bids.count();
    }

    @Override
    public int askLevels() {
        return asks.count();
    }

    @Override
    public double bidPrice(int level) {
        return bids.price(level);
    }

    @Override
    public double askPrice(int level) {
        return asks.price(level);
    }

    @Override
    public double bidSize(int level) {
        return bids.size(level);
    }

    @Override
    public double askSize(int level) {
        return asks.size(level);
    }

    /** Writes the book. */
    public void save(DataOutput out) throws IOException {
        out.writeBoolean(valid);
        out.writeBoolean(gapReported);
        out.writeLong(updateId);
        out.writeInt(feedDepth);
        bids.save(out);
        asks.save(out);
    }

    /**
     * Reads what {@link #save} wrote.
     *
     * @throws IOException when it did not
     */
    public void restore(DataInput in) throws IOException {
        valid = in.readBoolean();
        gapReported = in.readBoolean();
        updateId = in.readLong();
        feedDepth = in.readInt();
        bids.restore(in);
        asks.restore(in);
    }
}
