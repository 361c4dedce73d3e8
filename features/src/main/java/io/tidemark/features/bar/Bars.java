package io.tidemark.features.bar;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Closed bars of one length without a hole, oldest first, the newest at {@code size() - 1}; prices
 * in quote currency, volumes in base units. A bar nobody traded in has the close before it as all
 * four prices and no volume. An undefined bar ends the run: nothing at or before it is here.
 *
 * <p>Holds at most its capacity, dropping the oldest. 41 bytes a bar; a bar costs a shift of the
 * arrays once it is full and allocates nothing.
 */
public final class Bars {
    private final double[] opens;
    private final double[] highs;
    private final double[] lows;
    private final double[] closes;
    private final double[] volumes;
    private final boolean[] traded;
    private int size;

    /** No bars yet, at most that many later. */
    public Bars(int capacity) {
        opens = new double[capacity];
        highs = new double[capacity];
        lows = new double[capacity];
        closes = new double[capacity];
        volumes = new double[capacity];
        traded = new boolean[capacity];
    }

    /** How many bars there are. */
    public int size() {
        return size;
    }

    /** How many there can be. */
    public int capacity() {
        return closes.length;
    }

    /** First price of bar i. */
    public double open(int i) {
        return opens[i];
    }

    /** Highest price of bar i. */
    public double high(int i) {
        return highs[i];
    }

    /** Lowest price of bar i. */
    public double low(int i) {
        return lows[i];
    }

    /** Last price of bar i. */
    public double close(int i) {
        return closes[i];
    }

    /** Sum of the sizes traded in bar i. */
    public double volume(int i) {
        return volumes[i];
    }

    /** Whether anything traded in bar i; false flags a missing bar. */
    public boolean traded(int i) {
        return traded[i];
    }

    /** Adds a bar with trades. */
    public void add(double open, double high, double low, double close, double volume) {
        int i = next();
        opens[i] = open;
        highs[i] = high;
        lows[i] = low;
        closes[i] = close;
        volumes[i] = volume;
        traded[i] = true;
    }

    /** Adds a bar without trades at that price. */
    public void addMissing(double price) {
        int i = next();
        opens[i] = price;
        highs[i] = price;
        lows[i] = price;
        closes[i] = price;
        volumes[i] = 0;
        traded[i] = false;
    }

    /** Drops all bars. */
    public void clear() {
        size = 0;
    }

    private int next() {
        if (size < closes.length) {
            return size++;
        }
        int kept = size - 1;
        System.arraycopy(opens, 1, opens, 0, kept);
        System.arraycopy(highs, 1, highs, 0, kept);
        System.arraycopy(lows, 1, lows, 0, kept);
        System.arraycopy(closes, 1, closes, 0, kept);
        System.arraycopy(volumes, 1, volumes, 0, kept);
        System.arraycopy(traded, 1, traded, 0, kept);
        return kept;
    }

    void save(DataOutput out) throws IOException {
        out.writeInt(size);
        for (int i = 0; i < size; i++) {
            out.writeBoolean(traded[i]);
            out.writeDouble(closes[i]);
            if (traded[i]) {
                out.writeDouble(opens[i]);
                out.writeDouble(highs[i]);
                out.writeDouble(lows[i]);
                out.writeDouble(volumes[i]);
            }
        }
    }

    /** Reads what {@link #save} wrote; of more than fit, the newest. */
    void restore(DataInput in) throws IOException {
        clear();
        int saved = in.readInt();
        for (int i = 0; i < saved; i++) {
            boolean withTrades = in.readBoolean();
            double close = in.readDouble();
            if (withTrades) {
                double open = in.readDouble();
                double high = in.readDouble();
                double low = in.readDouble();
                add(open, high, low, close, in.readDouble());
            } else {
                addMissing(close);
            }
        }
    }
}
