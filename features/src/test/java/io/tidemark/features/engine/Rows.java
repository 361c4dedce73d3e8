package io.tidemark.features.engine;

import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.event.MarketEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Runs engines in tests. */
final class Rows {
    private Rows() {}

    /** The rows at those grid times, ascending; every event is taken when its time comes. */
    static List<FeatureRow> at(FeatureSet set, List<MarketEvent> events, List<Long> gridTimes) {
        return at(SymbolEngine.create(set, Events.SYMBOL), events, gridTimes);
    }

    static List<FeatureRow> at(
            SymbolEngine engine, List<MarketEvent> events, List<Long> gridTimes) {
        List<FeatureRow> rows = new ArrayList<>();
        int next = 0;
        for (long t : gridTimes) {
            while (next < events.size() && events.get(next).eventTimeMicros() < t) {
                engine.accept(events.get(next++));
            }
            rows.add(engine.rowAt(t));
        }
        return rows;
    }

    /** The one row at that time. */
    static FeatureRow at(FeatureSet set, List<MarketEvent> events, long gridTime) {
        return at(set, events, List.of(gridTime)).get(0);
    }

    /** All grid times from the first event to a little after the last. */
    static List<Long> grid(FeatureSet set, List<MarketEvent> events, long step) {
        List<Long> times = new ArrayList<>();
        long first = events.get(0).eventTimeMicros() / set.cadenceMicros() * set.cadenceMicros();
        long last = events.get(events.size() - 1).eventTimeMicros() + 2 * set.cadenceMicros();
        for (long t = first; t <= last; t += step) {
            times.add(t);
        }
        return times;
    }

    static SymbolEngine savedAndRestored(SymbolEngine engine) {
        return restored(engine.features(), saved(engine));
    }

    static byte[] saved(SymbolEngine engine) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            engine.save(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static SymbolEngine restored(FeatureSet set, byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            SymbolEngine engine = SymbolEngine.restore(set, Events.SYMBOL, in);
            if (in.available() > 0) {
                throw new IllegalStateException(in.available() + " bytes were not read");
            }
            return engine;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
