package io.tidemark.features.engine;

import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.event.MarketEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of a bounded collection of one symbol's events, as the stream gives them: from the grid
 * time after the first event to the one after the last, none while nothing is known.
 *
 * @param rows in order of time
 * @param duplicates events left out because the same one is there already
 */
public record EventRows(List<FeatureRow> rows, int duplicates) {

    /** Keeps the list as it is now. */
    public EventRows {
        rows = List.copyOf(rows);
    }

    /**
     * Computes the rows.
     *
     * @param events of one symbol, at least one, in any order
     * @param mostRows how many rows may come out at most
     * @throws IllegalArgumentException when events are of several symbols, or more rows would come
     */
    public static EventRows of(FeatureSet features, List<MarketEvent> events, int mostRows) {
        MarketEvent[] ordered = events.toArray(MarketEvent[]::new);
        Arrays.sort(ordered, CanonicalOrder.INSTANCE);
        long cadence = features.cadenceMicros();
        String symbol = ordered[0].symbol();
        SymbolEngine engine = SymbolEngine.create(features, symbol);
        List<FeatureRow> rows = new ArrayList<>();
        int duplicates = 0;
        int next = 0;
        long t = gridTimeAfter(ordered[0], cadence);
        while (next < ordered.length) {
            for (; next < ordered.length && ordered[next].eventTimeMicros() < t; next++) {
                if (next > 0 && EventIdentity.same(ordered[next - 1], ordered[next])) {
                    duplicates++;
                } else {
                    engine.accept(ordered[next]);
                }
            }
            if (rows.size() == mostRows) {
                throw new IllegalArgumentException(
                        "wanted at most %d rows, got more from events of %d us to %d us"
                                .formatted(
                                        mostRows,
                                        ordered[0].eventTimeMicros(),
                                        ordered[ordered.length - 1].eventTimeMicros()));
            }
            rows.add(engine.rowAt(t));
            boolean idle = engine.idleAt(t);
            t += cadence;
            if (idle && next < ordered.length) {
                t = gridTimeAfter(ordered[next], cadence);
                engine = SymbolEngine.create(features, symbol);
            }
        }
        return new EventRows(rows, duplicates);
    }

    private static long gridTimeAfter(MarketEvent event, long cadence) {
        return (Math.floorDiv(event.eventTimeMicros(), cadence) + 1) * cadence;
    }
}
