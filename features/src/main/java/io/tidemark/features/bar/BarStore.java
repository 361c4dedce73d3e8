package io.tidemark.features.bar;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The bars of one length of one symbol, made of its trades. Bar k is [k·L, (k+1)·L) of the epoch,
 * and closed once time has reached its end; an open bar is never seen.
 *
 * <p>A bar without trades takes the close before it while the last trade is at most the carry
 * before the bar's end, as p(t) does; after that bars are undefined and the run of {@link Bars}
 * begins again with the next trade. So a bar is a function of the trades in it and in the carry
 * before its end.
 *
 * <p>Values are computed when first asked for after a bar closed, and then kept: until the next bar
 * a value costs an array access. A trade costs O(1), a silence at most carry / L bars. Nothing is
 * allocated after construction. Not thread-safe.
 */
public final class BarStore {
    private static final long NEVER = Long.MIN_VALUE;

    private final BarPlan plan;
    private final long carryMicros;
    private final Bars bars;
    private final double[] values;
    private boolean computed;

    private long openEndMicros = NEVER;
    private boolean openTraded;
    private double open;
    private double high;
    private double low;
    private double volume;
    private double lastPrice = Double.NaN;
    private long lastTimeMicros = NEVER;

    /** Nothing known yet. */
    public BarStore(BarPlan plan, long carryMicros) {
        this.plan = plan;
        this.carryMicros = carryMicros;
        bars = new Bars(plan.lookback());
        values = new double[plan.outputs()];
    }

    /** What is computed on these bars. */
    public BarPlan plan() {
        return plan;
    }

    /** The closed bars up to the time reached; none when the newest is undefined. */
    public Bars bars() {
        return bars;
    }

    /** Whether every bar the functions look at is there and defined. */
    public boolean full() {
        return bars.size() == bars.capacity();
    }

    /** The value of that output of the plan at the newest closed bar; NaN is undefined. */
    public double value(int output) {
        if (!computed) {
            plan.compute(bars, values);
            computed = true;
        }
        return values[output];
    }

    /** Takes a trade, at or after all before it and the time reached. */
    public void accept(double price, double size, long timeMicros) {
        advanceTo(timeMicros);
        if (!openTraded) {
            openTraded = true;
            open = price;
            high = price;
            low = price;
            volume = 0;
        }
        high = Math.max(high, price);
        low = Math.min(low, price);
        volume += size;
        lastPrice = price;
        lastTimeMicros = timeMicros;
    }

    /** Closes the bars that end by then: no trade before that time will come. */
    public void advanceTo(long micros) {
        if (micros >= openEndMicros) {
            closeThrough(micros);
        }
    }

    private void closeThrough(long micros) {
        long length = plan.barMicros();
        long end = (Math.floorDiv(micros, length) + 1) * length;
        if (openEndMicros == NEVER) {
            openEndMicros = end;
            return;
        }
        computed = false;
        if (openTraded) {
            bars.add(open, high, low, lastPrice, volume);
            openTraded = false;
            openEndMicros += length;
        }
        while (openEndMicros < end && lastTimeMicros >= openEndMicros - carryMicros) {
            bars.addMissing(lastPrice);
            openEndMicros += length;
        }
        if (openEndMicros < end) {
            bars.clear();
            openEndMicros = end;
        }
    }

    /** Forgets everything. */
    public void clear() {
        bars.clear();
        computed = false;
        openEndMicros = NEVER;
        openTraded = false;
        lastPrice = Double.NaN;
        lastTimeMicros = NEVER;
    }

    /** Writes the state: at most 41 bytes a bar. */
    public void save(DataOutput out) throws IOException {
        out.writeLong(openEndMicros);
        out.writeBoolean(openTraded);
        out.writeDouble(open);
        out.writeDouble(high);
        out.writeDouble(low);
        out.writeDouble(volume);
        out.writeDouble(lastPrice);
        out.writeLong(lastTimeMicros);
        bars.save(out);
    }

    /** Reads what {@link #save} wrote for bars of the same length. */
    public void restore(DataInput in) throws IOException {
        openEndMicros = in.readLong();
        openTraded = in.readBoolean();
        open = in.readDouble();
        high = in.readDouble();
        low = in.readDouble();
        volume = in.readDouble();
        lastPrice = in.readDouble();
        lastTimeMicros = in.readLong();
        bars.restore(in);
        Arrays.fill(values, Double.NaN);
        computed = false;
    }
}
