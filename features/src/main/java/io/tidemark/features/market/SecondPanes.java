package io.tidemark.features.market;

import java.util.Arrays;

/** The returns of the 1-s grid, made when a second closes; nothing here need be saved. */
final class SecondPanes implements SecondView {
    private static final long SECOND = PaneGeometry.SECOND;

    private final TradePanes trades;
    private final long paneMicros;

    /** Panes a second; 0 when seconds are not kept. */
    private final int stride;

    private final int mask;
    private final double[] returns;
    private final double[] logReturns;
    private final SecondMoments moments;

    /** The first second that is not over: the one that holds T, or begins there. */
    private long openSecond;

    SecondPanes(PaneGeometry geometry, TradePanes trades) {
        this.trades = trades;
        paneMicros = geometry.paneMicros();
        stride = geometry.secondReturns() ? (int) (SECOND / paneMicros) : 0;
        int capacity = stride == 0 ? 0 : PaneGeometry.ring(geometry.capacity() / stride + 1);
        mask = capacity - 1;
        returns = new double[capacity];
        logReturns = new double[geometry.wanted().logReturns() ? capacity : 0];
        moments = new SecondMoments(returns);
        clear();
    }

    void clear() {
        Arrays.fill(returns, Double.NaN);
        Arrays.fill(logReturns, Double.NaN);
        moments.clear();
    }

    /** Begins with that pane open, no second closed. */
    void start(long pane) {
        openSecond = stride == 0 ? 0 : Math.floorDiv(pane, (long) stride);
    }

    /** That pane has just been opened: closes the second before when it is the first of one. */
    void opened(long pane) {
        if (stride == 0 || Math.floorMod(pane, (long) stride) != 0) {
            return;
        }
        openSecond = pane / stride;
        double before = trades.priceBefore(pane - stride);
        double price = trades.priceBefore(pane);
        int slot = slot(openSecond - 1);
        returns[slot] = price / before - 1;
        if (logReturns.length > 0) {
            // StrictMath, because the bits must not depend on the machine.
            logReturns[slot] = price == before ? 0 : StrictMath.log1p((price - before) / before);
        }
        moments.closed(openSecond - 1);
    }

    private int slot(long second) {
        return (int) second & mask;
    }

    @Override
    public int count(long windowMicros) {
        long now = trades.openPane() * paneMicros;
        return (int) (Math.floorDiv(now, SECOND) - Math.floorDiv(now - windowMicros, SECOND));
    }

    @Override
    public double simpleReturn(int back) {
        return returns[slot(closed(back))];
    }

    @Override
    public double logReturn(int back) {
        if (logReturns.length == 0) {
            throw new IllegalStateException("log returns are not kept for this feature set");
        }
        return logReturns[slot(closed(back))];
    }

    @Override
    public double priceChange(int back) {
        long end = (closed(back) + 1) * stride;
        return trades.priceBefore(end) - trades.priceBefore(end - stride);
    }

    @Override
    public double buyVolume(int back) {
        return sum(trades.columns().buys, back);
    }

    @Override
    public double sellVolume(int back) {
        return sum(trades.columns().sells, back);
    }

    @Override
    public double notional(int back) {
        return sum(trades.columns().notionals, back);
    }

    private double sum(PaneColumn column, int back) {
        long first = closed(back) * stride;
        return column.sum(first, first + stride);
    }

    @Override
    public double deviation(long windowMicros) {
        return moments.deviation(openSecond - count(windowMicros), openSecond);
    }

    private long closed(int back) {
        if (stride == 0) {
            throw new IllegalStateException("the 1-s grid is not kept for this feature set");
        }
        return openSecond - 1 - back;
    }
}
