package io.tidemark.features.market;

import io.tidemark.schemas.event.Trade;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Signs of trades, counted on from pane to pane. A window is the difference of two counts: whole
 * numbers, so it is exact wherever the counting began, and it may wrap around.
 */
final class SignPanes implements FoldedPanes, SignView {
    private final long paneMicros;
    private final int mask;

    // Of all trades by the end of the pane.
    private final int[] counts;
    private final int[] sums;
    private final int[] products;
    private final byte[] lasts;

    /** The sign of the pane's first trade; 0 when it has none. */
    private final byte[] firsts;

    /** Nothing is in the ring yet but what is carried on. */
    private boolean fresh;

    private long openPane;

    /** 14 bytes a pane of the window. */
    SignPanes(PaneGeometry geometry) {
        paneMicros = geometry.paneMicros();
        int capacity = geometry.capacityFor(geometry.wanted().signMicros());
        mask = capacity - 1;
        counts = new int[capacity];
        sums = new int[capacity];
        products = new int[capacity];
        lasts = new byte[capacity];
        firsts = new byte[capacity];
    }

    @Override
    public void clear() {
        fill(0, 0, 0, (byte) 0);
        Arrays.fill(firsts, (byte) 0);
    }

    @Override
    public void start(long pane) {
        int slot = slot(openPane);
        openPane = pane;
        fill(counts[slot], sums[slot], products[slot], lasts[slot]);
        Arrays.fill(firsts, (byte) 0);
        fresh = true;
    }

    private void fill(int count, int sum, int product, byte last) {
        Arrays.fill(counts, count);
        Arrays.fill(sums, sum);
        Arrays.fill(products, product);
        Arrays.fill(lasts, last);
    }

    @Override
    public void next() {
        int from = slot(openPane);
        openPane++;
        int slot = slot(openPane);
        counts[slot] = counts[from];
        sums[slot] = sums[from];
        products[slot] = products[from];
        lasts[slot] = lasts[from];
        firsts[slot] = 0;
        fresh = false;
    }

    /** Counts a trade in the open pane. */
    void accept(Trade trade) {
        int slot = slot(openPane);
        byte sign = (byte) (trade.takerSide() == Trade.Side.BUY ? 1 : -1);
        counts[slot]++;
        sums[slot] += sign;
        products[slot] += sign * lasts[slot];
        lasts[slot] = sign;
        if (firsts[slot] == 0) {
            firsts[slot] = sign;
        }
    }

    @Override
    public long count(long windowMicros) {
        return difference(counts, windowMicros);
    }

    @Override
    public long sum(long windowMicros) {
        return difference(sums, windowMicros);
    }

    /** The first trade's product with the one before the window is not the window's. */
    @Override
    public long products(long windowMicros) {
        int before = lasts[slot(firstPane(windowMicros) - 1)];
        return difference(products, windowMicros) - (long) before * first(windowMicros);
    }

    private int difference(int[] column, long windowMicros) {
        return column[slot(openPane - 1)] - column[slot(firstPane(windowMicros) - 1)];
    }

    @Override
    public int first(long windowMicros) {
        for (long pane = firstPane(windowMicros); pane < openPane; pane++) {
            if (firsts[slot(pane)] != 0) {
                return firsts[slot(pane)];
            }
        }
        return 0;
    }

    @Override
    public int last(long windowMicros) {
        return count(windowMicros) == 0 ? 0 : lasts[slot(openPane - 1)];
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
        return firsts[slot(pane)] != 0;
    }

    @Override
    public int form() {
        return 1;
    }

    @Override
    public int savedBytes() {
        return 3 * Integer.BYTES + 2;
    }

    @Override
    public void savePane(long pane, DataOutput out) throws IOException {
        int slot = slot(pane);
        out.writeInt(counts[slot]);
        out.writeInt(sums[slot]);
        out.writeInt(products[slot]);
        out.writeByte(lasts[slot]);
        out.writeByte(firsts[slot]);
    }

    @Override
    public void restoreOpenPane(DataInput in) throws IOException {
        int slot = slot(openPane);
        counts[slot] = in.readInt();
        sums[slot] = in.readInt();
        products[slot] = in.readInt();
        lasts[slot] = in.readByte();
        firsts[slot] = in.readByte();
        if (fresh) {
            // Panes before the oldest saved count on from it: nothing happened in them.
            fill(counts[slot], sums[slot], products[slot], lasts[slot]);
        }
    }
}
