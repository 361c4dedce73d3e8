package io.tidemark.features.market;

import io.tidemark.features.book.BookView;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** The relative spread at the end of each pane, carried over panes without book messages. */
final class SpreadPanes implements FoldedPanes, SpreadView {
    private final long paneMicros;
    private final long stride;
    private final BookView book;

    /** NaN while the book is undefined. */
    private final double[] spreads;

    private final boolean[] told;
    private final SortedSample sorted;
    private long sortedAtPane;
    private long sortedMicros;
    private long openPane;

    /** 17 bytes a pane of the window. */
    SpreadPanes(PaneGeometry geometry, BookView book) {
        paneMicros = geometry.paneMicros();
        stride = Math.max(1, PaneGeometry.SECOND / paneMicros);
        this.book = book;
        int capacity = geometry.capacityFor(geometry.wanted().spreadMicros());
        spreads = new double[capacity];
        told = new boolean[capacity];
        sorted = new SortedSample(capacity);
        clear();
    }

    @Override
    public void clear() {
        Arrays.fill(spreads, Double.NaN);
        start(openPane);
    }

    @Override
    public void start(long pane) {
        double spread = spreads[slot(openPane)];
        openPane = pane;
        Arrays.fill(told, false);
        Arrays.fill(spreads, Double.NaN);
        spreads[slot(pane)] = spread;
        sortedMicros = 0;
    }

    @Override
    public void next() {
        double spread = spreads[slot(openPane)];
        openPane++;
        spreads[slot(openPane)] = spread;
        told[slot(openPane)] = false;
    }

    /** The book took a message. */
    void accept() {
        int slot = slot(openPane);
        told[slot] = true;
        if (!book.defined()) {
            spreads[slot] = Double.NaN;
            return;
        }
        double bid = book.bestBid();
        double ask = book.bestAsk();
        spreads[slot] = (ask - bid) / ((bid + ask) / 2);
    }

    @Override
    public SortedSample sorted(long windowMicros) {
        if (sortedAtPane != openPane || sortedMicros != windowMicros) {
            sortedAtPane = openPane;
            sortedMicros = windowMicros;
            sort(windowMicros);
        }
        return sorted;
    }

    private void sort(long windowMicros) {
        sorted.clear();
        long first = openPane - windowMicros / paneMicros;
        for (long end = openPane - Math.floorMod(openPane, stride); end > first; end -= stride) {
            sorted.add(spreads[slot(end - 1)]);
        }
        sorted.sort();
    }

    private int slot(long pane) {
        return (int) pane & (spreads.length - 1);
    }

    @Override
    public int capacity() {
        return spreads.length;
    }

    @Override
    public boolean told(long pane) {
        return told[slot(pane)];
    }

    @Override
    public int form() {
        return 5;
    }

    @Override
    public int savedBytes() {
        return 1 + Double.BYTES;
    }

    @Override
    public void savePane(long pane, DataOutput out) throws IOException {
        out.writeBoolean(told[slot(pane)]);
        out.writeDouble(spreads[slot(pane)]);
    }

    @Override
    public void restoreOpenPane(DataInput in) throws IOException {
        told[slot(openPane)] = in.readBoolean();
        spreads[slot(openPane)] = in.readDouble();
    }
}
