package io.tidemark.features.market;

import java.util.Arrays;

/** What was traded in each second of the 1-s grid, made when it is over. */
final class SecondFlowPanes implements SecondFlowView {
    private static final long SECOND = PaneGeometry.SECOND;

    private final SecondPanes seconds;
    private final int mask;
    private final double[] signed;
    private final double[] changes;
    private final PaneColumn volumes;
    private final PaneColumn moves;
    private final PaneColumn illiquidities;

    /** 40 bytes a second. */
    SecondFlowPanes(SecondPanes seconds, int capacity) {
        this.seconds = seconds;
        mask = capacity - 1;
        signed = new double[capacity];
        changes = new double[capacity];
        volumes = new PaneColumn(capacity);
        moves = new PaneColumn(capacity);
        illiquidities = new PaneColumn(capacity);
    }

    void clear() {
        Arrays.fill(signed, 0);
        Arrays.fill(changes, Double.NaN);
        volumes.clear();
        moves.clear();
        illiquidities.clear();
    }

    /** That second, the one after the last closed, is over; it is the panes from first to end. */
    void close(long second, TradeColumns trades, long first, long end, double change, double ret) {
        double buys = trades.buys.sum(first, end);
        double sells = trades.sells.sum(first, end);
        double notional = trades.notionals.sum(first, end);
        signed[slot(second)] = buys - sells;
        changes[slot(second)] = change;
        boolean moved = notional > 0 && !Double.isNaN(ret);
        volumes.set(second, buys + sells);
        moves.set(second, moved ? 1 : 0);
        illiquidities.set(second, moved ? Math.abs(ret) / notional : 0);
        volumes.open(second + 1);
        moves.open(second + 1);
        illiquidities.open(second + 1);
    }

    private int slot(long second) {
        return (int) second & mask;
    }

    @Override
    public double volume(int back) {
        return volumes.at(seconds.openSecond() - 1 - back);
    }

    @Override
    public double signedVolume(int back) {
        return signed[slot(seconds.openSecond() - 1 - back)];
    }

    @Override
    public double priceChange(int back) {
        return changes[slot(seconds.openSecond() - 1 - back)];
    }

    @Override
    public double volume(long windowMicros) {
        return window(volumes, windowMicros);
    }

    @Override
    public int moves(long windowMicros) {
        return (int) window(moves, windowMicros);
    }

    @Override
    public double illiquidity(long windowMicros) {
        return window(illiquidities, windowMicros);
    }

    private double window(PaneColumn column, long windowMicros) {
        return column.window(seconds.count(windowMicros) * SECOND, SECOND, seconds.openSecond());
    }
}
