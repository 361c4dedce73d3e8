package io.tidemark.features.market;

import io.tidemark.schemas.event.Trade;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** Signs of trades folded into panes; how two panes meet follows from their first and last sign. */
final class SignPanes implements FoldedPanes, SignView {
    private final long paneMicros;
    private final int mask;
    private final int[] counts;
    private final int[] sums;
    private final int[] products;

    // Mean nothing in a pane without trades.
    private final byte[] firsts;
    private final byte[] lasts;

    private long openPane;

    /** 14 bytes a pane of the window. */
    SignPanes(PaneGeometry geometry) {
        paneMicros = geometry.paneMicros();
        int capacity = geometry.capacityFor(geometry.wanted().signMicros());
        mask = capacity - 1;
        counts = new int[capacity];
        sums = new int[capacity];
        products = new int[capacity];
        firsts = new byte[capacity];
        lasts = new byte[capacity];
    }

    @Override
    public void clear() {
        start(openPane);
    }

    @Override
    public void start(long pane) {
        openPane = pane;
        Arrays.fill(counts, 0);
        Arrays.fill(sums, 0);
        Arrays.fill(products, 0);
    }

    @Override
    public void next() {
        openPane++;
        int slot = slot(openPane);
        counts[slot] = 0;
        sums[slot] = 0;
        products[slot] = 0;
    }

    /** Folds a trade into the open pane. */
    void accept(Trade trade) {
        int slot = slot(openPane);
        byte sign = (byte) (trade.takerSide() == Trade.Side.BUY ? 1 : -1);
        if (counts[slot] == 0) {
            firsts[slot] = sign;
        } else {
            products[slot] += sign * lasts[slot];
        }
        counts[slot]++;
        sums[slot] += sign;
        lasts[slot] = sign;
    }

    @Override
    public long count(long windowMicros) {
        return sum(counts, windowMicros);
    }

    @Override
    public long sum(long windowMicros) {
        return sum(sums, windowMicros);
    }

    private long sum(int[] column, long windowMicros) {
        long sum = 0;
        for (long pane = firstPane(windowMicros); pane < openPane; pane++) {
            sum += column[slot(pane)];
        }
        return sum;
    }

    @Override
    public long products(long windowMicros) {
        long sum = 0;
        int last = 0;
        for (long pane = firstPane(windowMicros); pane < openPane; pane++) {
            int slot = slot(pane);
            if (counts[slot] > 0) {
                sum += last * firsts[slot] + products[slot];
                last = lasts[slot];
            }
        }
        return sum;
    }

    @Override
    public int first(long windowMicros) {
        long pane = firstPane(windowMicros);
        while (pane < openPane && counts[slot(pane)] == 0) {
            pane++;
        }
        return pane < openPane ? firsts[slot(pane)] : 0;
    }

    @Override
    public int last(long windowMicros) {
        long first = firstPane(windowMicros);
        long pane = openPane - 1;
        while (pane >= first && counts[slot(pane)] == 0) {
            pane--;
        }
        return pane >= first ? lasts[slot(pane)] : 0;
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
        out.writeByte(firsts[slot]);
        out.writeByte(lasts[slot]);
    }

    @Override
    public void restoreOpenPane(DataInput in) throws IOException {
        int slot = slot(openPane);
        counts[slot] = in.readInt();
        sums[slot] = in.readInt();
        products[slot] = in.readInt();
        firsts[slot] = in.readByte();
        lasts[slot] = in.readByte();
    }
}
