package io.tidemark.features.market;

import io.tidemark.schemas.event.Trade;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Trades folded into panes, in rings. A sum over a window is made from its panes and kept no longer
 * than T, so its rounding depends on the window's trades alone.
 */
final class TradePanes implements TradeView {
    private final long paneMicros;
    private final TradeColumns columns;
    private final PriceRing prices;

    /** The first pane not in any window: the one that begins at T. */
    private long openPane;

    TradePanes(PaneGeometry geometry) {
        paneMicros = geometry.paneMicros();
        columns = new TradeColumns(geometry.capacity());
        prices = new PriceRing(geometry);
    }

    /** Forgets all trades. */
    void clear() {
        clearPanes();
        prices.clear();
    }

    /** Forgets the panes, keeps the last price. */
    void clearPanes() {
        columns.clear();
        prices.clearPanes();
    }

    /** Begins with that pane open, none closed. */
    void start(long pane) {
        openPane = pane;
        columns.open(pane);
    }

    /** Closes the open pane and opens the next. */
    void next() {
        prices.close(openPane);
        openPane++;
        columns.open(openPane);
    }

    /** Folds a trade into the open pane. */
    void accept(Trade trade) {
        long time = trade.eventTimeMicros();
        columns.add(openPane, trade, time == openPane * paneMicros);
        prices.accept(trade.price(), time);
    }

    /** What the trades of each pane add up to. */
    TradeColumns columns() {
        return columns;
    }

    /** The pane that begins at T. */
    long openPane() {
        return openPane;
    }

    /** The last price before that pane, at most the carry old there; NaN when there is none. */
    double priceBefore(long pane) {
        return prices.before(pane);
    }

    /** Whether a trade in [T - lookback, T) is at least that window old. */
    boolean warm(long windowMicros, long lookbackMicros) {
        long first = firstPane(windowMicros);
        return prices.timeBefore(first) >= openPane * paneMicros - lookbackMicros
                || (windowMicros > 0 && columns.tradedAtStart(first));
    }

    @Override
    public boolean live() {
        return prices.liveAt(openPane);
    }

    @Override
    public long count(long windowMicros) {
        return columns.count(firstPane(windowMicros), openPane);
    }

    @Override
    public double volume(long windowMicros) {
        return columns.volumes.window(windowMicros, paneMicros, openPane);
    }

    @Override
    public double notional(long windowMicros) {
        return columns.notionals.window(windowMicros, paneMicros, openPane);
    }

    @Override
    public double buyVolume(long windowMicros) {
        return columns.buys.window(windowMicros, paneMicros, openPane);
    }

    @Override
    public double sellVolume(long windowMicros) {
        return columns.sells.window(windowMicros, paneMicros, openPane);
    }

    @Override
    public double price(long agoMicros) {
        return prices.before(firstPane(agoMicros));
    }

    private long firstPane(long windowMicros) {
        return openPane - windowMicros / paneMicros;
    }

    /** Whether a pane has trades; else nothing of it need be saved. */
    boolean traded(long pane) {
        return columns.traded(pane);
    }

    void saveLast(DataOutput out) throws IOException {
        prices.saveLast(out);
    }

    double lastPrice() {
        return prices.last();
    }

    long lastPriceMicros() {
        return prices.lastTimeMicros();
    }

    /** The last price is that before the pane too. */
    void carryInto(long pane) {
        prices.close(pane - 1);
    }

    void setLast(double price, long timeMicros) {
        prices.accept(price, timeMicros);
    }

    /** Writes the price carried at the end of a closed pane. */
    void savePrice(long pane, DataOutput out) throws IOException {
        prices.savePane(pane, out);
    }

    /** Writes a pane with trades. */
    void savePane(long pane, DataOutput out) throws IOException {
        columns.savePane(pane, out);
        if (pane == openPane) {
            prices.saveLast(out);
        } else {
            prices.savePane(pane, out);
        }
    }

    /** Reads what {@link #savePane} wrote into the open pane. */
    void restoreOpenPane(DataInput in) throws IOException {
        columns.restorePane(openPane, in);
        prices.restoreLast(in);
    }

    /** Reads what {@link #savePane} wrote and keeps the price only: it may be carried. */
    void restoreOlderPane(DataInput in) throws IOException {
        in.readFully(new byte[TradeColumns.SAVED_BYTES]);
        prices.restoreLast(in);
    }

    /** Reads what {@link #savePane} wrote and keeps nothing. */
    static void skipPane(DataInput in) throws IOException {
        in.readFully(new byte[TradeColumns.SAVED_BYTES + 2 * Long.BYTES]);
    }
}
