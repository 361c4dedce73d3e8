package io.tidemark.features.market;

import io.tidemark.schemas.event.EventHeader;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The panes of one symbol: which is open, how many events each had, and its trades. A ring holds
 * the lookback; a pane further back is written over.
 */
final class PaneRings {
    private final long paneMicros;
    private final int mask;
    private final int[] eventCounts;
    private final TradePanes trades;
    private final SecondPanes seconds;

    private boolean started;
    private long openPane;
    private long openPaneEnd = EventHeader.UNKNOWN_TIME;

    PaneRings(PaneGeometry geometry) {
        paneMicros = geometry.paneMicros();
        mask = geometry.capacity() - 1;
        eventCounts = new int[geometry.capacity()];
        trades = new TradePanes(geometry);
        seconds = new SecondPanes(geometry, trades);
    }

    TradePanes trades() {
        return trades;
    }

    SecondPanes seconds() {
        return seconds;
    }

    /** Whether an event of that time belongs to a later pane than the open one. */
    boolean mustAdvanceFor(long timeMicros) {
        return timeMicros >= openPaneEnd;
    }

    /** Counts an event in the open pane. */
    void countEvent() {
        eventCounts[slot(openPane)]++;
    }

    /** Events in the window that ends where the open pane begins. */
    long eventCount(long windowMicros) {
        long sum = 0;
        for (long pane = openPane - windowMicros / paneMicros; pane < openPane; pane++) {
            sum += eventCounts[slot(pane)];
        }
        return sum;
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
        trades.clear();
        seconds.clear();
    }

    /** Begins the rings at that pane. The last price stays: a window may still carry it. */
    private void start(long pane) {
        started = true;
        openPane = pane;
        Arrays.fill(eventCounts, 0);
        trades.clearPanes();
        trades.start(pane);
        seconds.clear();
        seconds.start(pane);
    }

    private void openThrough(long pane) {
        if (pane - openPane > mask) {
            start(pane - mask);
        }
        while (openPane < pane) {
            trades.next();
            openPane++;
            seconds.opened(openPane);
            eventCounts[slot(openPane)] = 0;
        }
        openPaneEnd = (openPane + 1) * paneMicros;
    }

    private int slot(long pane) {
        return (int) pane & mask;
    }

    void save(DataOutput out) throws IOException {
        out.writeBoolean(started);
        if (started) {
            out.writeLong(paneMicros);
            out.writeLong(openPane);
            out.writeInt((int) Arrays.stream(eventCounts).filter(count -> count > 0).count());
            for (long pane = openPane - mask; pane <= openPane; pane++) {
                if (eventCounts[slot(pane)] > 0) {
                    savePane(pane, out);
                }
            }
        }
        trades.saveLast(out);
    }

    private void savePane(long pane, DataOutput out) throws IOException {
        out.writeLong(pane);
        out.writeInt(eventCounts[slot(pane)]);
        out.writeBoolean(trades.traded(pane));
        if (trades.traded(pane)) {
            trades.savePane(pane, out);
        }
    }

    /**
     * Reads what {@link #save} wrote. Panes of another length are dropped.
     *
     * @param reachedMicros the time reached when it was saved
     */
    void restore(DataInput in, long reachedMicros) throws IOException {
        if (in.readBoolean()) {
            boolean keep = in.readLong() == paneMicros;
            long savedPane = in.readLong();
            long lastPane = keep ? savedPane : Math.floorDiv(reachedMicros, paneMicros);
            start(lastPane - mask);
            restorePanes(in, keep, lastPane);
            openThrough(lastPane);
        }
        trades.restoreLast(in);
    }

    private void restorePanes(DataInput in, boolean keep, long lastPane) throws IOException {
        int filled = in.readInt();
        for (int i = 0; i < filled; i++) {
            long pane = in.readLong();
            int events = in.readInt();
            boolean traded = in.readBoolean();
            if (!keep || pane < openPane) {
                // Of another length, or further back than this ring reaches.
                if (traded) {
                    TradePanes.skipPane(in);
                }
                continue;
            }
            if (pane > lastPane || events < 1) {
                throw new IOException("wanted panes up to " + lastPane + ", got " + pane);
            }
            openThrough(pane);
            eventCounts[slot(pane)] = events;
            if (traded) {
                trades.restoreOpenPane(in);
            }
        }
    }
}
