package io.tidemark.features.market;

import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.TickerField;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** What the ticker said by the end of each pane; a pane begins with what the one before ended. */
final class TickerPanes implements FoldedPanes, PastTickerView {
    private final long paneMicros;
    private final long carryMicros;
    private final int mask;
    private final double[] openInterests;
    private final double[] fundingRates;
    private final long[] fundingTimes;
    private final long[] toldMicros;

    private long openPane;

    /** 32 bytes a pane of the window. */
    TickerPanes(PaneGeometry geometry) {
        paneMicros = geometry.paneMicros();
        carryMicros = geometry.carryMicros();
        int capacity = geometry.capacityFor(geometry.wanted().tickerMicros());
        mask = capacity - 1;
        openInterests = new double[capacity];
        fundingRates = new double[capacity];
        fundingTimes = new long[capacity];
        toldMicros = new long[capacity];
        clear();
    }

    @Override
    public void clear() {
        Arrays.fill(openInterests, Double.NaN);
        Arrays.fill(fundingRates, Double.NaN);
        Arrays.fill(fundingTimes, EventHeader.UNKNOWN_TIME);
        Arrays.fill(toldMicros, EventHeader.UNKNOWN_TIME);
    }

    @Override
    public void start(long pane) {
        int slot = slot(openPane);
        double openInterest = openInterests[slot];
        double fundingRate = fundingRates[slot];
        long fundingTime = fundingTimes[slot];
        long told = toldMicros[slot];
        clear();
        openPane = pane;
        set(slot(pane), openInterest, fundingRate, fundingTime, told);
    }

    @Override
    public void next() {
        int slot = slot(openPane);
        openPane++;
        set(
                slot(openPane),
                openInterests[slot],
                fundingRates[slot],
                fundingTimes[slot],
                toldMicros[slot]);
    }

    private void set(
            int slot, double openInterest, double fundingRate, long fundingTime, long told) {
        openInterests[slot] = openInterest;
        fundingRates[slot] = fundingRate;
        fundingTimes[slot] = fundingTime;
        toldMicros[slot] = told;
    }

    /** A ticker message of that time was merged. */
    void accept(TickerView merged, long timeMicros) {
        set(
                slot(openPane),
                merged.value(TickerField.OPEN_INTEREST),
                merged.value(TickerField.FUNDING_RATE),
                merged.nextFundingTimeMicros(),
                timeMicros);
    }

    /** The slot of the pane that ended then, -1 when the ticker was silent for the carry. */
    private int toldBy(long agoMicros) {
        long boundary = openPane - agoMicros / paneMicros;
        int slot = slot(boundary - 1);
        return toldMicros[slot] >= boundary * paneMicros - carryMicros ? slot : -1;
    }

    @Override
    public double openInterest(long agoMicros) {
        int slot = toldBy(agoMicros);
        return slot < 0 ? Double.NaN : openInterests[slot];
    }

    @Override
    public double fundingRate(long agoMicros) {
        int slot = toldBy(agoMicros);
        return slot < 0 ? Double.NaN : fundingRates[slot];
    }

    @Override
    public long nextFundingTimeMicros(long agoMicros) {
        int slot = toldBy(agoMicros);
        return slot < 0 ? EventHeader.UNKNOWN_TIME : fundingTimes[slot];
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
        return toldMicros[slot(pane)] >= pane * paneMicros;
    }

    @Override
    public int form() {
        return 4;
    }

    @Override
    public int savedBytes() {
        return 4 * Long.BYTES;
    }

    @Override
    public void savePane(long pane, DataOutput out) throws IOException {
        int slot = slot(pane);
        out.writeDouble(openInterests[slot]);
        out.writeDouble(fundingRates[slot]);
        out.writeLong(fundingTimes[slot]);
        out.writeLong(toldMicros[slot]);
    }

    @Override
    public void restoreOpenPane(DataInput in) throws IOException {
        set(slot(openPane), in.readDouble(), in.readDouble(), in.readLong(), in.readLong());
    }
}
