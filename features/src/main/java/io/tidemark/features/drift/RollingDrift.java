package io.tidemark.features.drift;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The drift of one symbol's rows from what a model was trained on, read at the end of every pane
 * over the window that ends there. Panes lie on the grid of event time: pane k has the rows with T
 * in ((k-1) p, k p], p a tenth of a window. The pane in which the first row comes is left out, and
 * a window is read only when all its panes begun after that; so what is read of a window is a
 * function of the rows in it and of the alarms before.
 *
 * <p>O(log bins) a feature and row; 12 bytes a bin, 24 a feature and pane. Not thread-safe.
 */
public final class RollingDrift {
    private static final int FORM = 1;
    private static final long NONE = Long.MIN_VALUE;
    private static final long DAY_MICROS = 86_400_000_000L;

    private final List<DriftBaseline> baselines;
    private final int[] columns;
    private final long paneMicros;
    private final DriftRule rule;
    private final int alarmsPerDay;
    private final DriftPanes panes;
    private final DriftAlarm[] alarms;

    private long firstPane = NONE;
    private long newestPane = NONE;
    private long readPane = NONE;
    private long day = NONE;
    private int openedThatDay;

    /** Told what a window says; the list has one entry a feature, in order. */
    @FunctionalInterface
    public interface Listener {
        void read(long startMicros, long endMicros, List<FeatureDrift> features);
    }

    /**
     * Nothing seen yet.
     *
     * @param columns where in a row each baseline's feature is
     * @param windowMicros of event time; 10 or more
     * @param alarmsPerDay that may open a day of event time and not be muted
     */
    public RollingDrift(
            List<DriftBaseline> baselines,
            int[] columns,
            long windowMicros,
            DriftRule rule,
            int alarmsPerDay) {
        if (baselines.isEmpty() || baselines.size() != columns.length) {
            throw new IllegalArgumentException(
                    baselines.size() + " baselines for " + columns.length + " columns");
        }
        if (windowMicros < DriftPanes.PANES) {
            throw new IllegalArgumentException(
                    "a window must be %d us or more, got %d"
                            .formatted(DriftPanes.PANES, windowMicros));
        }
        this.baselines = List.copyOf(baselines);
        this.columns = columns.clone();
        this.paneMicros = windowMicros / DriftPanes.PANES;
        this.rule = rule;
        this.alarmsPerDay = alarmsPerDay;
        this.panes = new DriftPanes(this.baselines);
        this.alarms = new DriftAlarm[columns.length];
        Arrays.fill(alarms, DriftAlarm.NONE);
    }

    /** Alarms that are open. */
    public int openAlarms() {
        return (int) Arrays.stream(alarms).filter(DriftAlarm::isOpen).count();
    }

    /**
     * Takes a row. One not after those before is left out.
     *
     * @param timeMicros its T
     * @param values NaN is a missing one
     */
    public void take(long timeMicros, double[] values, Listener listener) {
        long pane = -Math.floorDiv(-timeMicros, paneMicros);
        if (newestPane == NONE) {
            newestPane = pane;
            readPane = pane;
            firstPane = pane + 1;
        }
        if (pane < newestPane || (pane == readPane && pane >= firstPane)) {
            return;
        }
        while (newestPane < pane) {
            readOnce(listener);
            newestPane = nextPane(pane);
            panes.begin(newestPane);
        }
        if (pane < firstPane) {
            return;
        }
        for (int feature = 0; feature < columns.length; feature++) {
            panes.add(pane, feature, values[columns[feature]]);
        }
        if (timeMicros == pane * paneMicros) {
            readOnce(listener);
        }
    }

    /**
     * After a silence of a window nothing is left to be read; a time in the far past is no loop.
     */
    private long nextPane(long pane) {
        return pane - newestPane > 2L * DriftPanes.PANES
                        && panes.window(newestPane, 0).observations() == 0
                ? pane - DriftPanes.PANES
                : newestPane + 1;
    }

    private void readOnce(Listener listener) {
        if (newestPane == readPane || newestPane < firstPane + DriftPanes.PANES - 1) {
            return;
        }
        readPane = newestPane;
        long end = newestPane * paneMicros;
        List<DriftWindow> windows = new ArrayList<>();
        List<DriftReading> readings = new ArrayList<>();
        for (int feature = 0; feature < columns.length; feature++) {
            windows.add(panes.window(newestPane, feature));
            readings.add(rule.read(baselines.get(feature), windows.get(feature)));
        }
        if (windows.get(0).observations() == 0) {
            return;
        }
        boolean[] drift = rule.alarms(readings);
        List<FeatureDrift> features = new ArrayList<>();
        for (int feature = 0; feature < columns.length; feature++) {
            DriftReading reading = readings.get(feature);
            features.add(
                    new FeatureDrift(
                            windows.get(feature).counts(),
                            windows.get(feature).moments(),
                            reading,
                            drift[feature],
                            alarm(feature, end, reading, drift[feature])));
        }
        listener.read(end - DriftPanes.PANES * paneMicros, end, features);
    }

    private DriftAlarm alarm(int feature, long end, DriftReading reading, boolean drift) {
        DriftAlarm before = alarms[feature];
        DriftAlarm now = before;
        if (drift) {
            now = before.isOpen() ? before.again(end, reading.psi()) : opened(end, reading.psi());
        } else if (before.isOpen()
                && reading.isTellable()
                && end - before.lastMicros() >= DriftPanes.PANES * paneMicros) {
            now = before.closed(end);
        }
        alarms[feature] = now.isClosed() ? DriftAlarm.NONE : now;
        return now;
    }

    private DriftAlarm opened(long end, double psi) {
        long today = Math.floorDiv(end, DAY_MICROS);
        if (today != day) {
            day = today;
            openedThatDay = 0;
        }
        openedThatDay++;
        return DriftAlarm.opened(end, psi, openedThatDay > alarmsPerDay);
    }

    /** Writes everything seen; read by {@link #restore} of one made with the same baselines. */
    public void save(DataOutput out) throws IOException {
        out.writeByte(FORM);
        out.writeLong(firstPane);
        out.writeLong(newestPane);
        out.writeLong(readPane);
        out.writeLong(day);
        out.writeInt(openedThatDay);
        panes.save(out);
        for (DriftAlarm alarm : alarms) {
            out.writeLong(alarm.openedMicros());
            out.writeLong(alarm.lastMicros());
            out.writeLong(alarm.windows());
            out.writeDouble(alarm.worstPsi());
            out.writeBoolean(alarm.muted());
        }
    }

    /** Takes up what another one saved. */
    public void restore(DataInput in) throws IOException {
        int form = in.readByte();
        if (form != FORM) {
            throw new IOException(
                    "a rolling drift must be of form %d, got %d: written by a newer release"
                            .formatted(FORM, form));
        }
        firstPane = in.readLong();
        newestPane = in.readLong();
        readPane = in.readLong();
        day = in.readLong();
        openedThatDay = in.readInt();
        panes.restore(in);
        for (int feature = 0; feature < alarms.length; feature++) {
            alarms[feature] =
                    new DriftAlarm(
                            in.readLong(),
                            in.readLong(),
                            in.readLong(),
                            in.readDouble(),
                            in.readBoolean(),
                            NONE);
        }
    }
}
