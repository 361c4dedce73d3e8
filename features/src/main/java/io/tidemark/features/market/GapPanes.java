package io.tidemark.features.market;

import io.tidemark.schemas.event.Trade;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** Gaps between trades folded into panes; the gap between two panes follows from their ends. */
final class GapPanes implements FoldedPanes, GapView {
    private final long paneMicros;
    private final int mask;
    private final int[] counts;
    private final double[] squares;

    // Mean nothing in a pane without trades.
    private final long[] firstTimes;
    private final long[] lastTimes;

    private long openPane;

    /** 28 bytes a pane of the window. */
    GapPanes(PaneGeometry geometry) {
        paneMicros = geometry.paneMicros();
        int capacity = geometry.capacityFor(geometry.wanted().gapMicros());
        mask = capacity - 1;
        counts = new int[capacity];
        squares = new double[capacity];
        firstTimes = new long[capacity];
        lastTimes = new long[capacity];
    }

    @Override
    public void clear() {
        start(openPane);
    }

    @Override
    public void start(long pane) {
        openPane = pane;
        Arrays.fill(counts, 0);
        Arrays.fill(squares, 0);
    }

    @Override
    public void next() {
        openPane++;
        counts[slot(openPane)] = 0;
        squares[slot(openPane)] = 0;
    }

    /** Folds a trade into the open pane. */
    void accept(Trade trade) {
        int slot = slot(openPane);
        long time = trade.eventTimeMicros();
        if (counts[slot] == 0) {
            firstTimes[slot] = time;
        } else {
            squares[slot] += square(time - lastTimes[slot]);
        }
        counts[slot]++;
        lastTimes[slot] = time;
    }

    private static double square(long micros) {
        return (double) micros * micros;
    }

    @Override
    public long count(long windowMicros) {
        long trades = 0;
        for (long pane = firstPane(windowMicros); pane < openPane; pane++) {
            trades += counts[slot(pane)];
        }
        return Math.max(0, trades - 1);
    }

    @Override
    public long sumMicros(long windowMicros) {
        long first = firstPane(windowMicros);
        while (first < openPane && counts[slot(first)] == 0) {
            first++;
        }
        if (first == openPane) {
            return 0;
        }
        long last = openPane - 1;
        while (counts[slot(last)] == 0) {
            last--;
        }
        return lastTimes[slot(last)] - firstTimes[slot(first)];
    }

    @Override
    public double squares(long windowMicros) {
        double sum = 0;
        int before = -1;
        for (long pane = firstPane(windowMicros); pane < openPane; pane++) {
            int slot = slot(pane);
            if (counts[slot] > 0) {
                sum += before < 0 ? 0 : square(firstTimes[slot] - lastTimes[before]);
                sum += squares[slot];
                before = slot;
            }
        }
        return sum;
    }

    private long firstPane(long windowMicros) {
        return openPane - windowMicros / paneMicros;
    }

    private int slot(long pane) {
        return (int) pane & mask;
    }

    @Override
    public int capacity() {
        return mask + 1;
    }

    @Override
    public boolean told(long pane) {
        return counts[slot(pane)] > 0;
    }

    @Override
    public int form() {
        return 2;
    }

    @Override
    public int savedBytes() {
        return Integer.BYTES + 3 * Long.BYTES;
    }

    @Override
    public void savePane(long pane, DataOutput out) throws IOException {
        int slot = slot(pane);
        out.writeInt(counts[slot]);
        out.writeDouble(squares[slot]);
        out.writeLong(firstTimes[slot]);
        out.writeLong(lastTimes[slot]);
    }

    @Override
    public void restoreOpenPane(DataInput in) throws IOException {
        int slot = slot(openPane);
        counts[slot] = in.readInt();
        squares[slot] = in.readDouble();
        firstTimes[slot] = in.readLong();
        lastTimes[slot] = in.readLong();
    }
}
