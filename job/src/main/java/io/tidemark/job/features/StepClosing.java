package io.tidemark.job.features;

import io.tidemark.features.engine.CanonicalOrder;
import io.tidemark.features.engine.Effect;
import io.tidemark.features.engine.EventIdentity;
import io.tidemark.features.engine.FeatureRow;
import io.tidemark.features.engine.SymbolEngine;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.MarketEvent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Closes a symbol's grid steps: puts the buffered events into canonical order, takes out
 * duplicates, advances the engine and gives the rows. Knows nothing of Flink's state; {@link
 * SymbolFeatures} loads before and stores after.
 */
final class StepClosing {

    /** What closing steps gives, as it gives it. */
    interface Outcome {
        void accepted(MarketEvent event) throws Exception;

        void duplicate(MarketEvent event) throws Exception;

        void bookGap(BookUpdate event) throws Exception;

        void row(FeatureRow row);

        /** A step closed; the identities of its accepted events. */
        void closed(long stepEndMicros, long[] identities) throws Exception;

        /** The engine starts at that step, for the first time or after a pause. */
        void started(long stepEndMicros) throws Exception;
    }

    private final FeatureSet features;
    private final Grid grid;
    private final String symbol;
    private final MarketEvent[] events;
    private @Nullable SymbolEngine engine;
    private long closedThrough;
    private int next;

    /**
     * A closing of one symbol's steps.
     *
     * @param engine the symbol's engine; null when it is idle or new
     * @param closedThrough the end of the last closed step; {@link Grid#NEVER} when new
     */
    StepClosing(
            FeatureSet features,
            Grid grid,
            String symbol,
            List<MarketEvent> buffered,
            @Nullable SymbolEngine engine,
            long closedThrough) {
        this.features = features;
        this.grid = grid;
        this.symbol = symbol;
        this.events = buffered.toArray(MarketEvent[]::new);
        Arrays.sort(events, CanonicalOrder.INSTANCE);
        this.engine = engine;
        this.closedThrough = closedThrough;
    }

    /** The end of the last buffered event's step; {@link Grid#NEVER} when nothing is buffered. */
    long lastStep() {
        return events.length == 0
                ? Grid.NEVER
                : grid.stepEnd(events[events.length - 1].eventTimeMicros());
    }

    /**
     * Closes every step that ends at or before the target. Silence costs one row per cadence until
     * the engine is idle, then nothing until the next event.
     */
    void through(long targetMicros, Outcome outcome) throws Exception {
        while (true) {
            SymbolEngine current = engine;
            long stepEnd;
            if (current == null) {
                if (next == events.length) {
                    return;
                }
                stepEnd = grid.stepEnd(events[next].eventTimeMicros());
            } else {
                stepEnd = closedThrough + grid.stepMicros();
            }
            if (stepEnd > targetMicros) {
                return;
            }
            if (current == null) {
                current = SymbolEngine.create(features, symbol);
                engine = current;
                outcome.started(stepEnd);
            }
            close(current, stepEnd, outcome);
            closedThrough = stepEnd;
            if (current.idleAt(stepEnd)) {
                engine = null;
            }
        }
    }

    private void close(SymbolEngine current, long stepEnd, Outcome outcome) throws Exception {
        int from = next;
        while (next < events.length && events[next].eventTimeMicros() < stepEnd) {
            next++;
        }
        long[] identities = new long[next - from];
        int count = 0;
        for (int i = from; i < next; i++) {
            MarketEvent event = events[i];
            if (i > from && EventIdentity.same(events[i - 1], event)) {
                outcome.duplicate(event);
                continue;
            }
            identities[count++] = EventIdentity.hash(event);
            if (current.accept(event) == Effect.BOOK_GAP) {
                outcome.bookGap((BookUpdate) event);
            }
            outcome.accepted(event);
        }
        outcome.closed(
                stepEnd,
                count == identities.length ? identities : Arrays.copyOf(identities, count));
        if (grid.isRowTime(stepEnd)) {
            outcome.row(current.rowAt(stepEnd));
        } else {
            current.advanceTo(stepEnd);
        }
    }

    /** The engine now; null when idle. */
    @Nullable SymbolEngine engine() {
        return engine;
    }

    long closedThrough() {
        return closedThrough;
    }

    /** Buffered events of steps that are still open, in canonical order. */
    List<MarketEvent> rest() {
        return Arrays.asList(events).subList(next, events.length);
    }
}
