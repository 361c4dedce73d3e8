package io.tidemark.features.bar;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

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
final class BarStore implements BarView {
    private static final long NEVER = Long.MIN_VALUE;

    private final BarPlan plan;
    private final long carryMicros;
    private final Bars bars;
    private final double[] values;
    private boolean computed;

    private long openEndMicros = NEVER;
    private boolean openTraded;

    /** Whether trades of the open bar may have been missed: then it will be undefined. */
    private boolean openBroken;

    private double open;
    private double high;
    private double low;
    private double volume;
    private double lastPrice = Double.NaN;
    private long lastTimeMicros = NEVER;

    /** Nothing known yet. */
    BarStore(BarPlan plan, long carryMicros) {
        this.plan = plan;
        this.carryMicros = carryMicros;
        bars = new Bars(plan.lookback());
        values = new double[plan.outputs()];
    }

    /** One to read a saved state into that nobody wants. */
    static BarStore toSkip() {
        return new BarStore(new BarPlan(1, List.of(new Unwanted())), 0);
    }

    private record Unwanted() implements BarFunction {
        @Override
        public int lookback() {
            return 1;
        }

        @Override
        public void compute(Bars bars, double[] out, int offset) {
            out[offset] = Double.NaN;
        }
    }

    /** What is computed on these bars. */
    BarPlan plan() {
        return plan;
    }

    @Override
    public Bars bars() {
        return bars;
    }

    /** Whether every bar the functions look at is there and defined. */
    boolean full() {
        return bars.size() == bars.capacity();
    }

    @Override
    public double value(int output) {
        if (!computed) {
            plan.compute(bars, values);
            computed = true;
        }
        return values[output];
    }

    /** Takes a trade, at or after all before it and the time reached. */
    void accept(double price, double size, long timeMicros) {
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
    void advanceTo(long micros) {
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
        if (openBroken) {
            bars.clear();
            openBroken = false;
            openTraded = false;
            openEndMicros += length;
        } else if (openTraded) {
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
    void clear() {
        bars.clear();
        computed = false;
        openEndMicros = NEVER;
        openTraded = false;
        openBroken = false;
        lastPrice = Double.NaN;
        lastTimeMicros = NEVER;
    }

    /** Begins at a time before which trades came that are not known: that bar is undefined. */
    void beginWithin(long micros) {
        clear();
        closeThrough(micros);
        openBroken = true;
    }

    /** Writes the state: at most 41 bytes a bar. */
    void save(DataOutput out) throws IOException {
        out.writeLong(openEndMicros);
        out.writeBoolean(openTraded);
        out.writeBoolean(openBroken);
        out.writeDouble(open);
        out.writeDouble(high);
        out.writeDouble(low);
        out.writeDouble(volume);
        out.writeDouble(lastPrice);
        out.writeLong(lastTimeMicros);
        bars.save(out);
    }

    /** Reads what {@link #save} wrote for bars of the same length. */
    void restore(DataInput in) throws IOException {
        openEndMicros = in.readLong();
        openTraded = in.readBoolean();
        openBroken = in.readBoolean();
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
