package io.tidemark.features.market;

import io.tidemark.features.book.DeepestFeed;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.Trade;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One cut of a symbol's trades: which pane is open, and what is in the panes. A ring holds the
 * reach; a pane further back is written over.
 */
final class PaneRings {
    private final PaneGeometry geometry;
    private final long paneMicros;
    private final int mask;
    private final TradePanes trades;
    private final SecondPanes seconds;
    private final PathPanes paths;
    private final FoldedRings pathRings;

    private boolean started;
    private long openPane;
    private long openEndMicros = EventHeader.UNKNOWN_TIME;

    PaneRings(PaneGeometry geometry, DeepestFeed feed) {
        this.geometry = geometry;
        paneMicros = geometry.paneMicros();
        mask = geometry.capacity() - 1;
        trades = new TradePanes(geometry);
        seconds = new SecondPanes(geometry, trades);
        paths = new PathPanes(geometry, feed);
        pathRings = paths.rings();
    }

    TradePanes trades() {
        return trades;
    }

    SecondPanes seconds() {
        return seconds;
    }

    PathPanes paths() {
        return paths;
    }

    long paneMicros() {
        return paneMicros;
    }

    /** An event at or after that time belongs to a later pane than the open one. */
    long openEndMicros() {
        return openEndMicros;
    }

    void accept(Trade trade) {
        trades.accept(trade);
        paths.accept(trade);
    }

    /** Whether a trade within the lookback is at least the longest window old. */
    boolean warm() {
        return trades.warm(geometry.longestTradeWindowMicros(), geometry.lookbackMicros());
    }

    /** Opens the pane of that time; costs at most the ring's length. */
    void advanceTo(long micros) {
        long pane = Math.floorDiv(micros, paneMicros);
        if (!started) {
            start(pane);
        }
        openThrough(pane);
    }

    /** Forgets all. */
    void clear() {
        started = false;
        openEndMicros = EventHeader.UNKNOWN_TIME;
        trades.clear();
        seconds.clear();
        pathRings.clear();
    }

    /** Begins the rings at that pane. The last price stays: a window may still carry it. */
    private void start(long pane) {
        started = true;
        openPane = pane;
        trades.clearPanes();
        trades.start(pane);
        seconds.clear();
        seconds.start(pane);
        pathRings.start(pane);
    }

    private void openThrough(long pane) {
        if (pane - openPane > mask) {
            start(pane - mask);
        }
        while (openPane < pane) {
            trades.next();
            openPane++;
            seconds.opened(openPane);
            pathRings.next();
        }
        openEndMicros = (openPane + 1) * paneMicros;
    }

    /** Writes the pane length and the panes with trades. */
    void save(DataOutput out) throws IOException {
        out.writeLong(paneMicros);
        out.writeBoolean(started);
        if (!started) {
            return;
        }
        out.writeLong(openPane);
        long oldest = openPane - mask;
        // What the panes before the ring leave behind.
        trades.savePrice(oldest, out);
        int filled = 0;
        for (long pane = oldest; pane <= openPane; pane++) {
            filled += trades.traded(pane) ? 1 : 0;
        }
        out.writeInt(filled);
        for (long pane = oldest; pane <= openPane; pane++) {
            if (trades.traded(pane)) {
                out.writeLong(pane);
                trades.savePane(pane, out);
            }
        }
        pathRings.save(out);
    }

    /**
     * Reads what {@link #save} wrote, the pane length already read.
     *
     * @param keep whether the panes are as long as these; else nothing goes over
     */
    void restore(DataInput in, boolean keep) throws IOException {
        if (!in.readBoolean()) {
            return;
        }
        long savedPane = in.readLong();
        double price = in.readDouble();
        long priceTime = in.readLong();
        if (keep) {
            begin(savedPane);
            trades.setLast(price, priceTime);
        }
        int filled = in.readInt();
        for (int i = 0; i < filled; i++) {
            restorePane(in, in.readLong(), keep);
        }
        if (keep) {
            end(savedPane);
            pathRings.restore(in, savedPane);
        } else {
            FoldedRings.skip(in);
        }
    }

    /** Begins a restore: the whole ring up to that pane is before us. */
    void begin(long lastPane) {
        start(lastPane - mask);
    }

    /** Reads one pane with trades, in order of time. */
    void restorePane(DataInput in, long pane, boolean keep) throws IOException {
        if (!keep) {
            TradePanes.skipPane(in);
        } else if (pane < openPane) {
            // Further back than this ring reaches.
            trades.restoreOlderPane(in);
        } else if (pane - openPane > mask) {
            throw new IOException("wanted panes within the ring, got " + pane);
        } else {
            openThrough(pane);
            trades.restoreOpenPane(in);
        }
    }

    /** Ends a restore at the pane open when it was saved. */
    void end(long lastPane) throws IOException {
        if (openPane > lastPane) {
            throw new IOException("wanted panes up to " + lastPane + ", got " + openPane);
        }
        openThrough(lastPane);
    }
}
