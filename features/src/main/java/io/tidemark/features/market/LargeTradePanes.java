package io.tidemark.features.market;

import io.tidemark.schemas.event.Trade;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * The notional of large trades folded into panes, a column for each notional that counts as large.
 */
final class LargeTradePanes implements FoldedPanes, LargeTradeView {
    private final long paneMicros;
    private final List<Integer> notionals;
    private final double[] leasts;
    private final PaneColumn[] columns;
    private final int capacity;

    private long openPane;

    /** 8 bytes a pane of the window and notional. */
    LargeTradePanes(PaneGeometry geometry) {
        paneMicros = geometry.paneMicros();
        capacity = geometry.capacityFor(geometry.wanted().largeMicros());
        notionals = geometry.wanted().largeNotionals();
        leasts = notionals.stream().mapToDouble(Integer::doubleValue).toArray();
        columns = new PaneColumn[leasts.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new PaneColumn(capacity);
        }
    }

    @Override
    public void clear() {
        start(openPane);
    }

    @Override
    public void start(long pane) {
        openPane = pane;
        for (PaneColumn column : columns) {
            column.clear();
        }
    }

    @Override
    public void next() {
        openPane++;
        for (PaneColumn column : columns) {
            column.open(openPane);
        }
    }

    /** Folds a trade into the open pane. */
    void accept(Trade trade) {
        double notional = trade.price() * trade.size();
        for (int i = 0; i < columns.length && notional >= leasts[i]; i++) {
            columns[i].add(openPane, notional);
        }
    }

    @Override
    public double notional(long windowMicros, int least) {
        for (int i = 0; i < leasts.length; i++) {
            if (leasts[i] == least) {
                return columns[i].window(windowMicros, paneMicros, openPane);
            }
        }
        throw new IllegalStateException("trades of " + least + " are not kept for this set");
    }

    @Override
    public int capacity() {
        return capacity;
    }

    /** Whoever passes any threshold passes the lowest. */
    @Override
    public boolean told(long pane) {
        return columns[0].at(pane) > 0;
    }

    @Override
    public int form() {
        return 31 * 3 + notionals.hashCode();
    }

    @Override
    public int savedBytes() {
        return columns.length * Double.BYTES;
    }

    @Override
    public void savePane(long pane, DataOutput out) throws IOException {
        for (PaneColumn column : columns) {
            out.writeDouble(column.at(pane));
        }
    }

    @Override
    public void restoreOpenPane(DataInput in) throws IOException {
        for (PaneColumn column : columns) {
            column.set(openPane, in.readDouble());
        }
    }
}
