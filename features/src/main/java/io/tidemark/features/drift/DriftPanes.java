package io.tidemark.features.drift;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * What came of several features in the last panes, counted by the bins of their baselines. A window
 * is {@link #PANES} panes that follow each other. In arrays of plain numbers: a row costs a binary
 * search and an addition a feature, and no object. Not thread-safe.
 */
final class DriftPanes {
    /** Panes of a window. */
    static final int PANES = 10;

    private final List<DriftBaseline> baselines;
    private final int[] first;
    private final int width;
    private final int[] counts;
    private final long[] finite;
    private final double[] means;
    private final double[] squares;

    DriftPanes(List<DriftBaseline> baselines) {
        this.baselines = baselines;
        this.first = new int[baselines.size()];
        int next = 0;
        for (int feature = 0; feature < first.length; feature++) {
            first[feature] = next;
            next += baselines.get(feature).bins().size();
        }
        this.width = next;
        this.counts = new int[PANES * width];
        this.finite = new long[PANES * first.length];
        this.means = new double[PANES * first.length];
        this.squares = new double[PANES * first.length];
    }

    int features() {
        return first.length;
    }

    /** Empties what is kept of the pane, and of the one {@link #PANES} before it. */
    void begin(long pane) {
        int slot = slot(pane);
        Arrays.fill(counts, slot * width, (slot + 1) * width, 0);
        int from = slot * first.length;
        Arrays.fill(finite, from, from + first.length, 0);
        Arrays.fill(means, from, from + first.length, 0);
        Arrays.fill(squares, from, from + first.length, 0);
    }

    /** Counts one value; NaN is a missing one. */
    void add(long pane, int feature, double value) {
        int slot = slot(pane);
        ReferenceBins bins = baselines.get(feature).bins();
        counts[slot * width + first[feature] + bins.binOf(value)]++;
        if (Double.isFinite(value)) {
            int at = slot * first.length + feature;
            double distance = value - means[at];
            finite[at]++;
            means[at] += distance / finite[at];
            squares[at] += distance * (value - means[at]);
        }
    }

    /**
     * The window that ends with a pane. Its panes are added up in order of time, so that the bits
     * do not depend on where in memory they lie.
     */
    DriftWindow window(long lastPane, int feature) {
        ReferenceBins bins = baselines.get(feature).bins();
        long[] sum = new long[bins.size()];
        Moments moments = Moments.NONE;
        for (long pane = lastPane - PANES + 1; pane <= lastPane; pane++) {
            int slot = slot(pane);
            for (int bin = 0; bin < sum.length; bin++) {
                sum[bin] += counts[slot * width + first[feature] + bin];
            }
            int at = slot * first.length + feature;
            moments = moments.and(new Moments(finite[at], means[at], squares[at]));
        }
        return new DriftWindow(bins, sum, moments);
    }

    private static int slot(long pane) {
        return Math.floorMod(pane, PANES);
    }

    void save(DataOutput out) throws IOException {
        for (int count : counts) {
            out.writeInt(count);
        }
        for (int at = 0; at < finite.length; at++) {
            out.writeLong(finite[at]);
            out.writeDouble(means[at]);
            out.writeDouble(squares[at]);
        }
    }

    void restore(DataInput in) throws IOException {
        for (int at = 0; at < counts.length; at++) {
            counts[at] = in.readInt();
        }
        for (int at = 0; at < finite.length; at++) {
            finite[at] = in.readLong();
            means[at] = in.readDouble();
            squares[at] = in.readDouble();
        }
    }
}
