package io.tidemark.features.market;

import io.tidemark.schemas.event.EventHeader;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** The price of the last trade before the end of each pane, carried over quiet panes, in a ring. */
final class PriceRing {
    private final long paneMicros;
    private final long carryMicros;
    private final int mask;
    private final double[] prices;
    private final long[] times;

    private double last;
    private long lastTimeMicros;

    PriceRing(PaneGeometry geometry) {
        paneMicros = geometry.paneMicros();
        carryMicros = geometry.carryMicros();
        int capacity = geometry.capacity();
        mask = capacity - 1;
        prices = new double[capacity];
        times = new long[capacity];
        clear();
    }

    /** Forgets all. */
    void clear() {
        clearPanes();
        last = Double.NaN;
        lastTimeMicros = EventHeader.UNKNOWN_TIME;
    }

    /** Forgets the panes, keeps the last price. */
    void clearPanes() {
        Arrays.fill(prices, Double.NaN);
        Arrays.fill(times, EventHeader.UNKNOWN_TIME);
    }

    void accept(double price, long timeMicros) {
        last = price;
        lastTimeMicros = timeMicros;
    }

    /** Keeps the last price as that pane's. */
    void close(long pane) {
        prices[slot(pane)] = last;
        times[slot(pane)] = lastTimeMicros;
    }

    /** The last price before that pane, at most the carry old there; NaN when there is none. */
    double before(long pane) {
        int slot = slot(pane - 1);
        return times[slot] >= pane * paneMicros - carryMicros ? prices[slot] : Double.NaN;
    }

    /** When the last trade before that pane was. */
    long timeBefore(long pane) {
        return times[slot(pane - 1)];
    }

    double last() {
        return last;
    }

    long lastTimeMicros() {
        return lastTimeMicros;
    }

    /** Whether the last trade is at most the carry old where that pane begins. */
    boolean liveAt(long pane) {
        return lastTimeMicros >= pane * paneMicros - carryMicros;
    }

    private int slot(long pane) {
        return (int) pane & mask;
    }

    void saveLast(DataOutput out) throws IOException {
        out.writeDouble(last);
        out.writeLong(lastTimeMicros);
    }

    void restoreLast(DataInput in) throws IOException {
        last = in.readDouble();
        lastTimeMicros = in.readLong();
    }

    void savePane(long pane, DataOutput out) throws IOException {
        out.writeDouble(prices[slot(pane)]);
        out.writeLong(times[slot(pane)]);
    }
}
