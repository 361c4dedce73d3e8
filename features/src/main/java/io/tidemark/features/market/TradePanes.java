package io.tidemark.features.market;

import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.Trade;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Trades folded into panes, a column per quantity, in rings. A sum over a window adds its panes
 * from left to right and keeps nothing, so its rounding depends on the window's trades alone.
 */
final class TradePanes implements TradeView {
    private final long paneMicros;
    private final long carryMicros;
    private final int mask;

    /** Panes a second; 0 when second returns are not kept. */
    private final int secondStride;

    private final long[] counts;
    private final double[] volumes;
    private final double[] notionals;
    private final double[] buys;
    private final double[] sells;
    private final boolean[] tradedAtStart;

    // As of the end of the pane, carried over quiet panes.
    private final double[] prices;
    private final long[] priceTimes;
    private final double[] secondReturns;

    private double lastPrice;
    private long lastTimeMicros;

    /** The first pane not in any window: the one that begins at T. */
    private long openPane;

    TradePanes(PaneGeometry geometry) {
        paneMicros = geometry.paneMicros();
        carryMicros = geometry.carryMicros();
        secondStride = geometry.secondReturns() ? (int) (PaneGeometry.SECOND / paneMicros) : 0;
        int capacity = geometry.capacity();
        mask = capacity - 1;
        counts = new long[capacity];
        volumes = new double[capacity];
        notionals = new double[capacity];
        buys = new double[capacity];
        sells = new double[capacity];
        tradedAtStart = new boolean[capacity];
        prices = new double[capacity];
        priceTimes = new long[capacity];
        secondReturns = new double[secondStride > 0 ? capacity : 0];
        clear();
    }

    /** Forgets all trades. */
    void clear() {
        clearPanes();
        lastPrice = Double.NaN;
        lastTimeMicros = EventHeader.UNKNOWN_TIME;
    }

    /** Forgets the panes, keeps the last price. */
    void clearPanes() {
        Arrays.fill(counts, 0);
        Arrays.fill(volumes, 0);
        Arrays.fill(notionals, 0);
        Arrays.fill(buys, 0);
        Arrays.fill(sells, 0);
        Arrays.fill(tradedAtStart, false);
        Arrays.fill(prices, Double.NaN);
        Arrays.fill(priceTimes, EventHeader.UNKNOWN_TIME);
        Arrays.fill(secondReturns, Double.NaN);
    }

    /** Begins with that pane open, none closed. */
    void start(long pane) {
        openPane = pane;
        empty(slot(pane));
    }

    /** Closes the open pane and opens the next. */
    void next() {
        int slot = slot(openPane);
        prices[slot] = lastPrice;
        priceTimes[slot] = lastTimeMicros;
        openPane++;
        if (secondStride > 0) {
            secondReturns[slot] =
                    Math.floorMod(openPane, (long) secondStride) == 0
                            ? price(0) / price(PaneGeometry.SECOND) - 1
                            : Double.NaN;
        }
        empty(slot(openPane));
    }

    private void empty(int slot) {
        counts[slot] = 0;
        volumes[slot] = 0;
        notionals[slot] = 0;
        buys[slot] = 0;
        sells[slot] = 0;
        tradedAtStart[slot] = false;
    }

    /** Folds a trade into the open pane. */
    void accept(Trade trade) {
        int slot = slot(openPane);
        double size = trade.size();
        counts[slot]++;
        volumes[slot] += size;
        notionals[slot] += trade.price() * size;
        if (trade.takerSide() == Trade.Side.BUY) {
            buys[slot] += size;
        } else {
            sells[slot] += size;
        }
        lastPrice = trade.price();
        lastTimeMicros = trade.eventTimeMicros();
        if (lastTimeMicros == openPane * paneMicros) {
            tradedAtStart[slot] = true;
        }
    }

    private int slot(long pane) {
        return (int) pane & mask;
    }

    private long panes(long micros) {
        return micros / paneMicros;
    }

    @Override
    public boolean live() {
        return lastTimeMicros >= openPane * paneMicros - carryMicros;
    }

    /** Whether a trade in [T - lookback, T) is at least that window old. */
    boolean warm(long windowMicros, long lookbackMicros) {
        long first = openPane - panes(windowMicros);
        return priceTimes[slot(first - 1)] >= openPane * paneMicros - lookbackMicros
                || (windowMicros > 0 && tradedAtStart[slot(first)]);
    }

    @Override
    public long count(long windowMicros) {
        long sum = 0;
        for (long pane = openPane - panes(windowMicros); pane < openPane; pane++) {
            sum += counts[slot(pane)];
        }
        return sum;
    }

    @Override
    public double volume(long windowMicros) {
        return sum(volumes, windowMicros);
    }

    @Override
    public double notional(long windowMicros) {
        return sum(notionals, windowMicros);
    }

    @Override
    public double buyVolume(long windowMicros) {
        return sum(buys, windowMicros);
    }

    @Override
    public double sellVolume(long windowMicros) {
        return sum(sells, windowMicros);
    }

    private double sum(double[] column, long windowMicros) {
        double sum = 0;
        for (long pane = openPane - panes(windowMicros); pane < openPane; pane++) {
            sum += column[slot(pane)];
        }
        return sum;
    }

    @Override
    public double price(long agoMicros) {
        long boundary = openPane - panes(agoMicros);
        int slot = slot(boundary - 1);
        return priceTimes[slot] >= boundary * paneMicros - carryMicros ? prices[slot] : Double.NaN;
    }

    @Override
    public int secondReturns(long windowMicros) {
        long now = openPane * paneMicros;
        return (int)
                (Math.floorDiv(now, PaneGeometry.SECOND)
                        - Math.floorDiv(now - windowMicros, PaneGeometry.SECOND));
    }

    @Override
    public double secondReturn(int back) {
        if (secondStride == 0) {
            throw new IllegalStateException("second returns are not kept for this feature set");
        }
        long newest = openPane - Math.floorMod(openPane, (long) secondStride);
        return secondReturns[slot(newest - (long) back * secondStride - 1)];
    }

    /** Whether a pane has trades; else nothing of it need be saved. */
    boolean traded(long pane) {
        return counts[slot(pane)] > 0;
    }

    void saveLast(DataOutput out) throws IOException {
        out.writeDouble(lastPrice);
        out.writeLong(lastTimeMicros);
    }

    void restoreLast(DataInput in) throws IOException {
        lastPrice = in.readDouble();
        lastTimeMicros = in.readLong();
    }

    /** Writes a pane with trades. */
    void savePane(long pane, DataOutput out) throws IOException {
        int slot = slot(pane);
        out.writeLong(counts[slot]);
        out.writeDouble(volumes[slot]);
        out.writeDouble(notionals[slot]);
        out.writeDouble(buys[slot]);
        out.writeDouble(sells[slot]);
        out.writeBoolean(tradedAtStart[slot]);
        boolean open = pane == openPane;
        out.writeDouble(open ? lastPrice : prices[slot]);
        out.writeLong(open ? lastTimeMicros : priceTimes[slot]);
    }

    /** Reads what {@link #savePane} wrote into the open pane. */
    void restoreOpenPane(DataInput in) throws IOException {
        int slot = slot(openPane);
        counts[slot] = in.readLong();
        volumes[slot] = in.readDouble();
        notionals[slot] = in.readDouble();
        buys[slot] = in.readDouble();
        sells[slot] = in.readDouble();
        tradedAtStart[slot] = in.readBoolean();
        lastPrice = in.readDouble();
        lastTimeMicros = in.readLong();
    }

    /** Reads what {@link #savePane} wrote and keeps nothing. */
    static void skipPane(DataInput in) throws IOException {
        in.readFully(new byte[7 * Long.BYTES + 1]);
    }
}
