package io.tidemark.features.market;

import java.util.Arrays;

/**
 * A quantity that adds up, a number a pane, in a ring. Nothing is added to and subtracted from for
 * ever: the sum of a window is made from its panes alone, in one of two trees, by the window's
 * length.
 *
 * <ul>
 *   <li>up to 60 s: the panes, oldest first;
 *   <li>longer: the panes up to the first whole block, the blocks, the panes after the last, oldest
 *       first. A block is 32 panes aligned to the epoch, itself summed oldest first when it is
 *       over; n panes then cost about n / 32 + 32 additions.
 * </ul>
 *
 * <p>The sum of a window is made once per T, whoever asks.
 */
final class PaneColumn {
    private static final long PLAIN_MICROS = 60_000_000L;
    private static final int BLOCK_SHIFT = 5;
    private static final int BLOCK = 1 << BLOCK_SHIFT;

    private final double[] values;
    private final int mask;
    private final double[] blocks;
    private final int blockMask;

    // The window sums made since the open pane opened.
    private long[] windows = new long[8];
    private double[] sums = new double[8];
    private int made;

    /** Of that many slots, a power of 2, all 0. */
    PaneColumn(int capacity) {
        values = new double[capacity];
        mask = capacity - 1;
        blocks = new double[Math.max(2, capacity >> BLOCK_SHIFT)];
        blockMask = blocks.length - 1;
    }

    /** Sets every pane to 0. */
    void clear() {
        Arrays.fill(values, 0);
        Arrays.fill(blocks, 0);
        made = 0;
    }

    /** Opens that pane, the one after the last opened or, cleared, any; it is 0. */
    void open(long pane) {
        // A ring shorter than a block has no window that holds one.
        if ((pane & (BLOCK - 1)) == 0 && values.length >= BLOCK) {
            blocks[((int) (pane >> BLOCK_SHIFT) - 1) & blockMask] = sum(pane - BLOCK, pane);
        }
        set(pane, 0);
        made = 0;
    }

    /** Sets that pane to a value. */
    void set(long pane, double value) {
        values[(int) pane & mask] = value;
    }

    void add(long pane, double value) {
        values[(int) pane & mask] += value;
    }

    double at(long pane) {
        return values[(int) pane & mask];
    }

    /** The sum of the panes from the first to before the end, left to right. */
    double sum(long first, long end) {
        return sum(0, first, end);
    }

    private double sum(double start, long first, long end) {
        double sum = start;
        for (long pane = first; pane < end; pane++) {
            sum += values[(int) pane & mask];
        }
        return sum;
    }

    /**
     * The sum of a window of whole panes that ends where the open pane begins.
     *
     * @param end the open pane
     */
    double window(long windowMicros, long paneMicros, long end) {
        for (int i = 0; i < made; i++) {
            if (windows[i] == windowMicros) {
                return sums[i];
            }
        }
        if (made == windows.length) {
            windows = Arrays.copyOf(windows, 2 * made);
            sums = Arrays.copyOf(sums, 2 * made);
        }
        long first = end - windowMicros / paneMicros;
        double sum = windowMicros <= PLAIN_MICROS ? sum(first, end) : blockwise(first, end);
        windows[made] = windowMicros;
        sums[made++] = sum;
        return sum;
    }

    private double blockwise(long first, long end) {
        long firstBlock = (first + BLOCK - 1) >> BLOCK_SHIFT;
        long endBlock = end >> BLOCK_SHIFT;
        if (firstBlock >= endBlock) {
            return sum(first, end);
        }
        double sum = sum(first, firstBlock << BLOCK_SHIFT);
        for (long block = firstBlock; block < endBlock; block++) {
            sum += blocks[(int) block & blockMask];
        }
        return sum(sum, endBlock << BLOCK_SHIFT, end);
    }
}
