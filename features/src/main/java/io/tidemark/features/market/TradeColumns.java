package io.tidemark.features.market;

import io.tidemark.schemas.event.Trade;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** What the trades of a pane add up to, a column per quantity. */
final class TradeColumns {
    /** Bytes {@link #savePane} writes. */
    static final int SAVED_BYTES = 5 * Long.BYTES + 1;

    private final int mask;
    private final long[] counts;
    private final boolean[] tradedAtStart;

    /** Sum of sizes. */
    final PaneColumn volumes;

    /** Sum of price times size. */
    final PaneColumn notionals;

    /** Sum of the sizes with a buyer as taker. */
    final PaneColumn buys;

    /** Sum of the sizes with a seller as taker. */
    final PaneColumn sells;

    TradeColumns(int capacity) {
        mask = capacity - 1;
        counts = new long[capacity];
        tradedAtStart = new boolean[capacity];
        volumes = new PaneColumn(capacity);
        notionals = new PaneColumn(capacity);
        buys = new PaneColumn(capacity);
        sells = new PaneColumn(capacity);
    }

    /** Empties every pane. */
    void clear() {
        Arrays.fill(counts, 0);
        Arrays.fill(tradedAtStart, false);
        volumes.clear();
        notionals.clear();
        buys.clear();
        sells.clear();
    }

    /** Opens that pane, empty. */
    void open(long pane) {
        counts[slot(pane)] = 0;
        tradedAtStart[slot(pane)] = false;
        volumes.open(pane);
        notionals.open(pane);
        buys.open(pane);
        sells.open(pane);
    }

    /**
     * Adds a trade.
     *
     * @param atStart whether it happened the moment the pane began
     */
    void add(long pane, Trade trade, boolean atStart) {
        double size = trade.size();
        counts[slot(pane)]++;
        tradedAtStart[slot(pane)] |= atStart;
        volumes.add(pane, size);
        notionals.add(pane, trade.price() * size);
        if (trade.takerSide() == Trade.Side.BUY) {
            buys.add(pane, size);
        } else {
            sells.add(pane, size);
        }
    }

    /** Trades in the panes from the first to before the end. */
    long count(long first, long end) {
        long sum = 0;
        for (long pane = first; pane < end; pane++) {
            sum += counts[slot(pane)];
        }
        return sum;
    }

    boolean traded(long pane) {
        return counts[slot(pane)] > 0;
    }

    boolean tradedAtStart(long pane) {
        return tradedAtStart[slot(pane)];
    }

    private int slot(long pane) {
        return (int) pane & mask;
    }

    void savePane(long pane, DataOutput out) throws IOException {
        out.writeLong(counts[slot(pane)]);
        out.writeDouble(volumes.at(pane));
        out.writeDouble(notionals.at(pane));
        out.writeDouble(buys.at(pane));
        out.writeDouble(sells.at(pane));
        out.writeBoolean(tradedAtStart(pane));
    }

    void restorePane(long pane, DataInput in) throws IOException {
        counts[slot(pane)] = in.readLong();
        volumes.set(pane, in.readDouble());
        notionals.set(pane, in.readDouble());
        buys.set(pane, in.readDouble());
        sells.set(pane, in.readDouble());
        tradedAtStart[slot(pane)] = in.readBoolean();
    }
}
