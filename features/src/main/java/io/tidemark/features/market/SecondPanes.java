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
        moments = new SecondMoments(returns);
        clear();
    }

    void clear() {
        Arrays.fill(returns, Double.NaN);
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
        returns[slot(openSecond - 1)] =
                trades.priceBefore(pane) / trades.priceBefore(pane - stride) - 1;
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
        return returns[closed(back)];
    }

    @Override
    public double deviation(long windowMicros) {
        return moments.deviation(openSecond - count(windowMicros), openSecond);
    }

    private int closed(int back) {
        if (stride == 0) {
            throw new IllegalStateException("the 1-s grid is not kept for this feature set");
        }
        return slot(openSecond - 1 - back);
    }
}
