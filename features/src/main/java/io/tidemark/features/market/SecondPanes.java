package io.tidemark.features.market;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The returns of the 1-s grid, made when a second closes; nothing here need be saved. */
final class SecondPanes implements SecondView {
    private static final long SECOND = PaneGeometry.SECOND;

    private final TradePanes trades;
    private final long paneMicros;

    /** Panes a second; 0 when seconds are not kept. */
    private final int stride;

    private final int mask;
    private final double[] returns;
    private final @Nullable LogReturnPanes logReturns;
    private final @Nullable SecondFlowPanes flows;
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
        logReturns = geometry.wanted().logReturns() ? new LogReturnPanes(this, capacity) : null;
        flows = geometry.wanted().secondFlows() ? new SecondFlowPanes(this, capacity) : null;
        moments = new SecondMoments(returns);
        clear();
    }

    void clear() {
        Arrays.fill(returns, Double.NaN);
        if (logReturns != null) {
            logReturns.clear();
        }
        if (flows != null) {
            flows.clear();
        }
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
        double change = price / before - 1;
        long second = openSecond - 1;
        returns[slot(second)] = change;
        if (logReturns != null) {
            logReturns.close(second, before, price);
        }
        if (flows != null) {
            flows.close(second, trades.columns(), pane - stride, pane, price - before, change);
        }
        moments.closed(second);
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
    public LogReturnView logReturns() {
        if (logReturns == null) {
            throw new IllegalStateException("log returns are not kept for this feature set");
        }
        return logReturns;
    }

    @Override
    public SecondFlowView flows() {
        if (flows == null) {
            throw new IllegalStateException("what seconds traded is not kept for this set");
        }
        return flows;
    }

    /** The first second that is not over. */
    long openSecond() {
        return openSecond;
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
