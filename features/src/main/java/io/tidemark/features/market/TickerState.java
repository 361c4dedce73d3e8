package io.tidemark.features.market;

import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.Funding;
import io.tidemark.schemas.event.Ticker;
import io.tidemark.schemas.event.TickerField;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** Merges ticker and funding messages: a field that is absent is unchanged, also in a snapshot. */
final class TickerState implements TickerView {
    private static final int FIELDS = TickerField.values().length;
    private static final int MAX_FIELDS = 256;

    private final double[] values = new double[FIELDS];
    private long nextFundingTimeMicros;

    TickerState() {
        clear();
    }

    void clear() {
        Arrays.fill(values, Double.NaN);
        nextFundingTimeMicros = EventHeader.UNKNOWN_TIME;
    }

    void accept(Ticker ticker) {
        double[] news = ticker.values();
        int count = Math.min(news.length, FIELDS);
        for (int i = 0; i < count; i++) {
            if (!Double.isNaN(news[i])) {
                values[i] = news[i];
            }
        }
        acceptNextFundingTime(ticker.nextFundingTimeMicros());
    }

    void accept(Funding funding) {
        if (!Double.isNaN(funding.fundingRate())) {
            values[TickerField.FUNDING_RATE.ordinal()] = funding.fundingRate();
        }
        acceptNextFundingTime(funding.nextFundingTimeMicros());
    }

    private void acceptNextFundingTime(long micros) {
        if (micros != EventHeader.UNKNOWN_TIME) {
            nextFundingTimeMicros = micros;
        }
    }

    @Override
    public double value(TickerField field) {
        return values[field.ordinal()];
    }

    @Override
    public long nextFundingTimeMicros() {
        return nextFundingTimeMicros;
    }

    void save(DataOutput out) throws IOException {
        out.writeLong(nextFundingTimeMicros);
        out.writeInt(FIELDS);
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    /** A state of a release with fewer fields restores: the new ones are unknown. */
    void restore(DataInput in) throws IOException {
        clear();
        nextFundingTimeMicros = in.readLong();
        int saved = in.readInt();
        if (saved < 0 || saved > MAX_FIELDS) {
            throw new IOException("wanted 0 to " + MAX_FIELDS + " ticker fields, got " + saved);
        }
        for (int i = 0; i < saved; i++) {
            double value = in.readDouble();
            if (i < FIELDS) {
                values[i] = value;
            }
        }
    }
}
