package io.tidemark.features.market;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The newest values of one feature at its own grid times, in a ring, each with whether enough was
 * known for it. Given one after the other; what was never given is undefined.
 */
public final class FeatureSeries implements SeriesView {
    private static final long NONE = Long.MIN_VALUE;

    private final long fingerprint;
    private final long cadenceMicros;
    private final int length;
    private final int mask;
    private final double[] values;
    private final boolean[] warm;

    /** The grid time of the newest value, in cadences since the epoch. */
    private long newest = NONE;

    /**
     * @param fingerprint tells the definition of the feature: values of another are never taken
     * @param length how many values are asked for
     */
    public FeatureSeries(long fingerprint, long cadenceMicros, int length) {
        this.fingerprint = fingerprint;
        this.cadenceMicros = cadenceMicros;
        this.length = length;
        int capacity = Integer.highestOneBit(Math.max(1, 2 * length - 1));
        mask = capacity - 1;
        values = new double[capacity];
        warm = new boolean[capacity];
        clear();
    }

    /** Forgets all. */
    public void clear() {
        newest = NONE;
        Arrays.fill(values, Double.NaN);
        Arrays.fill(warm, false);
    }

    /** Time between two values. */
    public long cadenceMicros() {
        return cadenceMicros;
    }

    /**
     * Takes the value at a grid time after the last one. Grid times left out have none.
     *
     * @param isWarm whether all that the value looks back on was known
     */
    public void put(long gridTimeMicros, double value, boolean isWarm) {
        long grid = gridTimeMicros / cadenceMicros;
        if (grid <= newest) {
            throw new IllegalArgumentException(
                    "wanted a grid time after %d, got %d of %d us"
                            .formatted(newest, grid, cadenceMicros));
        }
        if (newest != NONE && grid - newest > 1) {
            for (long gap = Math.max(newest + 1, grid - mask); gap < grid; gap++) {
                set(gap, Double.NaN, false);
            }
        }
        set(grid, value, isWarm);
        newest = grid;
    }

    private void set(long grid, double value, boolean isWarm) {
        int slot = (int) grid & mask;
        values[slot] = value;
        warm[slot] = isWarm;
    }

    @Override
    public double value(int back) {
        return values[(int) (newest - back) & mask];
    }

    /** Whether the newest and the oldest value asked for were given when enough was known. */
    public boolean warm() {
        return newest != NONE
                && warm[(int) newest & mask]
                && warm[(int) (newest - length + 1) & mask];
    }

    /** Writes the values. Size: 8 bytes each and a bit. */
    public void save(DataOutput out) throws IOException {
        out.writeLong(fingerprint);
        out.writeLong(newest);
        out.writeInt(length);
        for (int back = length - 1; back >= 0; back--) {
            int slot = (int) (newest - back) & mask;
            out.writeDouble(values[slot]);
            out.writeBoolean(warm[slot]);
        }
    }

    /** The fingerprint {@link #save} wrote first, for the reader to find the series by. */
    public long fingerprint() {
        return fingerprint;
    }

    /** Reads what {@link #save} wrote after the fingerprint; takes what it has room for. */
    public void restore(DataInput in) throws IOException {
        long savedNewest = in.readLong();
        int saved = savedLength(in);
        for (int back = saved - 1; back >= 0; back--) {
            double value = in.readDouble();
            boolean isWarm = in.readBoolean();
            if (back < length) {
                set(savedNewest - back, value, isWarm);
            }
        }
        newest = savedNewest;
    }

    /** Reads what {@link #save} wrote after the fingerprint and keeps nothing. */
    public static void skip(DataInput in) throws IOException {
        in.readLong();
        for (int i = savedLength(in); i > 0; i--) {
            in.readDouble();
            in.readBoolean();
        }
    }

    private static int savedLength(DataInput in) throws IOException {
        int saved = in.readInt();
        if (saved < 1) {
            throw new IOException("wanted 1 or more values of a series, got " + saved);
        }
        return saved;
    }
}
