package io.tidemark.features.engine;

import io.tidemark.features.market.FeatureSeries;
import io.tidemark.features.market.MarketState;
import io.tidemark.features.market.MarketView;
import io.tidemark.features.registry.BoundFeature;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.event.EventHeader;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values that outlive their row: of features others are computed on, and of features coarser
 * than the rows, which hold in between. Each is computed at every multiple of its cadence, whether
 * or not a row is asked for, in the registry's order, so that an earlier feature is there first.
 *
 * <p>The silence before the first event, or before everything was forgotten, has values too (the
 * time of day has): they are computed on an empty market when time begins, as far back as anybody
 * looks. So a value does not depend on when the engine began.
 */
final class FeatureMemory {
    private static final long NONE = Long.MAX_VALUE;

    private final BoundFeature[] bound;
    private final MarketState market;
    private final @Nullable FeatureSeries[] series;
    private final MarketView[] views;

    /** The greatest common divisor of the kept features' cadences; 0 when nothing is kept. */
    private final long stepMicros;

    /** How far back kept values reach. */
    private final long heldMicros;

    /** The next grid time to compute at; UNKNOWN_TIME before time began. */
    private long dueMicros;

    FeatureMemory(FeatureSet features, MarketState market) {
        this.market = market;
        bound = features.features().toArray(BoundFeature[]::new);
        series = new FeatureSeries[bound.length];
        long step = 0;
        long held = 0;
        for (int i = 0; i < bound.length; i++) {
            BoundFeature feature = bound[i];
            if (feature.kept() > 0) {
                series[i] =
                        new FeatureSeries(
                                feature.fingerprint(), feature.cadenceMicros(), feature.kept());
                step = gcd(feature.cadenceMicros(), step);
            }
            held = Math.max(held, feature.heldMicros());
        }
        stepMicros = step;
        heldMicros = held;
        dueMicros = step == 0 ? NONE : EventHeader.UNKNOWN_TIME;
        views = new MarketView[features.market().trades().size()];
        for (int cut = 0; cut < views.length; cut++) {
            views[cut] = market.view(cut, series);
        }
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    /** Time may not pass this point before {@link #advanceTo} was called. */
    long dueMicros() {
        return dueMicros;
    }

    /**
     * Computes what is due up to and at that time. Every event before it must be in the market,
     * none at or after it.
     */
    void advanceTo(long micros) {
        if (stepMicros == 0) {
            return;
        }
        long idleFrom = market.idleFromMicros();
        if (micros >= idleFrom) {
            market.advanceTo(idleFrom);
            forget();
        }
        boolean silent = market.lastEventMicros() == EventHeader.UNKNOWN_TIME;
        if (dueMicros == EventHeader.UNKNOWN_TIME
                || (silent && micros - dueMicros > heldMicros + stepMicros)) {
            beginAt(micros, silent);
        }
        while (dueMicros <= micros) {
            market.advanceTo(dueMicros);
            computeAt(dueMicros);
            dueMicros += stepMicros;
        }
    }

    private void beginAt(long micros, boolean silent) {
        forget();
        long from = micros;
        if (silent) {
            market.rewind();
            from = micros - heldMicros;
        }
        // Of a restored market the past is not known, so its values are not made up.
        dueMicros = (Math.floorDiv(from - 1, stepMicros) + 1) * stepMicros;
    }

    private void computeAt(long gridTimeMicros) {
        for (int i = 0; i < bound.length; i++) {
            FeatureSeries kept = series[i];
            if (kept != null && Math.floorMod(gridTimeMicros, bound[i].cadenceMicros()) == 0) {
                double value = bound[i].kernel().at(views[bound[i].cut()]);
                kept.put(gridTimeMicros, value, warmNow(bound[i]));
            }
        }
    }

    private boolean warmNow(BoundFeature feature) {
        if (feature.inputs().isEmpty()) {
            return market.warm(feature.cut());
        }
        for (int input : feature.inputs()) {
            FeatureSeries kept = series[input];
            if (kept == null || !kept.warm()) {
                return false;
            }
        }
        return true;
    }

    private void forget() {
        dueMicros = stepMicros == 0 ? NONE : EventHeader.UNKNOWN_TIME;
        for (FeatureSeries kept : series) {
            if (kept != null) {
                kept.clear();
            }
        }
    }

    /** The values at T, everything due computed. Allocates the array only. */
    double[] values() {
        double[] values = new double[bound.length];
        for (int i = 0; i < values.length; i++) {
            FeatureSeries kept = series[i];
            values[i] = kept != null ? kept.value(0) : bound[i].kernel().at(views[bound[i].cut()]);
        }
        return values;
    }

    /** Whether every kept value was computed when enough was known. */
    boolean warm() {
        for (FeatureSeries kept : series) {
            if (kept != null && !kept.warm()) {
                return false;
            }
        }
        return true;
    }

    void save(DataOutput out) throws IOException {
        out.writeLong(dueMicros);
        int count = 0;
        for (FeatureSeries kept : series) {
            count += kept == null ? 0 : 1;
        }
        out.writeInt(count);
        for (FeatureSeries kept : series) {
            if (kept != null) {
                kept.save(out);
            }
        }
    }

    /** Reads what {@link #save} wrote. A series goes over to the feature of its definition. */
    void restore(DataInput in) throws IOException {
        long savedDue = in.readLong();
        List<FeatureSeries> wanted = new ArrayList<>();
        for (FeatureSeries kept : series) {
            if (kept != null) {
                wanted.add(kept);
            }
        }
        boolean began = false;
        for (int i = in.readInt(); i > 0; i--) {
            long fingerprint = in.readLong();
            FeatureSeries same = takeOut(wanted, fingerprint);
            if (same == null) {
                FeatureSeries.skip(in);
            } else {
                same.restore(in);
                began = true;
            }
        }
        if (began && savedDue != EventHeader.UNKNOWN_TIME) {
            // Not when the saved one was due: under another set that may have been seldom.
            dueMicros = (Math.floorDiv(market.reachedMicros(), stepMicros) + 1) * stepMicros;
        }
    }

    private static @Nullable FeatureSeries takeOut(List<FeatureSeries> from, long fingerprint) {
        for (FeatureSeries one : from) {
            if (one.fingerprint() == fingerprint) {
                from.remove(one);
                return one;
            }
        }
        return null;
    }
}
