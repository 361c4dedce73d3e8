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

    /** The pane the rings began with; before it nothing is known but the price it began with. */
    private long beganPane;

    private double beganPrice;
    private long beganPriceMicros;

    /** Before that time a window reaches back to panes that another feature set did not keep. */
    private long wholeFromMicros = EventHeader.UNKNOWN_TIME;

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

    /** Whether a trade within the lookback is at least the longest window old, and all is kept. */
    boolean warm() {
        return openPane * paneMicros >= wholeFromMicros
                && trades.warm(geometry.longestTradeWindowMicros(), geometry.lookbackMicros());
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
        wholeFromMicros = EventHeader.UNKNOWN_TIME;
        trades.clear();
        seconds.clear();
        pathRings.clear();
    }

    /** Begins the rings at that pane. The last price stays: a window may still carry it. */
    private void start(long pane) {
        started = true;
        openPane = pane;
        beganPane = pane;
        beganPrice = trades.lastPrice();
        beganPriceMicros = trades.lastPriceMicros();
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

    /** Writes the pane length, how many panes there are, and those with trades. */
    void save(DataOutput out) throws IOException {
        out.writeLong(paneMicros);
        out.writeBoolean(started);
        if (!started) {
            return;
        }
        out.writeInt(mask);
        out.writeLong(wholeFromMicros);
        out.writeLong(beganPane);
        out.writeDouble(beganPrice);
        out.writeLong(beganPriceMicros);
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
     * @param format of the engine's image; the second said not how many panes there were
     * @param keep whether the panes are as long as these; else nothing goes over
     * @return whether all that is kept here was kept there
     */
    boolean restore(DataInput in, int format, boolean keep) throws IOException {
        if (!in.readBoolean()) {
            return true;
        }
        int savedMask = format < 3 ? mask : in.readInt();
        long savedWhole = format < 3 ? EventHeader.UNKNOWN_TIME : in.readLong();
        long savedBegan = format < 3 ? Long.MIN_VALUE : in.readLong();
        double savedBeganPrice = format < 3 ? Double.NaN : in.readDouble();
        long savedBeganPriceMicros = format < 3 ? EventHeader.UNKNOWN_TIME : in.readLong();
        long savedPane = in.readLong();
        double price = in.readDouble();
        long priceTime = in.readLong();
        if (keep && savedBegan > savedPane - savedMask) {
            beginAt(savedBegan, savedBeganPrice, savedBeganPriceMicros);
        } else if (keep) {
            begin(savedPane);
            trades.setLast(price, priceTime);
        }
        int filled = in.readInt();
        for (int i = 0; i < filled; i++) {
            restorePane(in, in.readLong(), keep);
        }
        if (!keep) {
            FoldedRings.skip(in);
            return false;
        }
        end(savedPane);
        boolean sameRings = pathRings.restore(in, savedPane);
        wholeFromMicros = savedWhole;
        return sameRings && savedMask >= mask;
    }

    /**
     * Goes on from a time reached, with the last price before it.
     *
     * @param known whether the panes before are there; else the last price is known, and what else
     *     is carried on from pane to pane when it was told anew, or is not looked at any more
     */
    void goOn(long reachedMicros, double price, long priceMicros, boolean known) {
        if (!started) {
            beginAt(Math.floorDiv(reachedMicros, paneMicros), price, priceMicros);
        }
        advanceTo(reachedMicros);
        trades.setLast(price, priceMicros);
        if (known) {
            return;
        }
        long past = pathRings.isEmpty() ? geometry.reachMicros() : geometry.lookbackMicros();
        wholeFromMicros = (openPane + 1) * paneMicros + past;
    }

    /** Begins the rings with that pane and the last price before the time reached in it. */
    private void beginAt(long pane, double price, long priceMicros) {
        trades.setLast(price, priceMicros);
        start(pane);
        if (priceMicros < pane * paneMicros) {
            trades.carryInto(pane);
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
