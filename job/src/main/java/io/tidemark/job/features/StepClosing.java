package io.tidemark.job.features;

import io.tidemark.features.engine.EventIdentity;
import io.tidemark.features.engine.FeatureRow;
import io.tidemark.features.engine.SymbolEngine;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.job.outcome.PricedRow;
import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.MarketEvent;
import java.util.Arrays;

/**
 * Closes a symbol's grid steps: puts the buffered events into canonical order, takes out
 * duplicates, advances the engine and gives the rows. Reads and writes no state: the engine of a
 * symbol that has one must be on the heap.
 */
final class StepClosing {

    /** What closing steps gives, as it gives it: a row before the events it was made of. */
    interface Outcome {
        /** Messages of the book are missing. */
        void bookGap(BookUpdate event);

        /** The book is not the venue's, by the venue's checksum. */
        void bookMismatch(BookUpdate event);

        void row(FeatureRow row);

        /** The price at the time of the row that was given. */
        default void priced(PricedRow row) {}

        /** Whether anybody wants the rows of that grid time. */
        default boolean wantsRow(long gridTimeMicros) {
            return true;
        }

        void duplicate(MarketEvent event);

        /** The events of a closed step, in canonical order, each once; never none. */
        void accepted(ActiveSymbol symbol, MarketEvent[] events);
    }

    /** Who keeps the engines. */
    interface Engines {
        /** Begins an engine that has seen nothing. */
        SymbolEngine begin(ActiveSymbol symbol, FeatureSet features);

        /** The engine on the heap is about to accept the event. */
        void accepting(ActiveSymbol symbol, MarketEvent event);

        /** Lets the engine on the heap go on as one of those features, with what both keep. */
        void change(ActiveSymbol symbol, FeatureSet features);

        /** Ends the engine of a symbol that is idle. */
        void end(ActiveSymbol symbol);
    }

    private static final MarketEvent[] NONE = {};

    private final RegistrySchedule registries;
    private final Engines engines;
    private final Outcome outcome;

    StepClosing(RegistrySchedule registries, Engines engines, Outcome outcome) {
        this.registries = registries;
        this.engines = engines;
        this.outcome = outcome;
    }

    /** The end of the last buffered event's step; {@link Grid#NEVER} when nothing is buffered. */
    long lastStep(ActiveSymbol symbol) {
        long last = Grid.NEVER;
        for (int i = 0; i < symbol.buffer.size(); i++) {
            long time = symbol.buffer.get(i).eventTimeMicros();
            last = Math.max(last, registries.at(time).stepEnd(time));
        }
        return last;
    }

    /**
     * Closes every step that ends at or before the target. Silence costs one row per cadence until
     * the engine is idle, then nothing until the next event.
     */
    void through(ActiveSymbol symbol, long targetMicros) {
        EventBuffer buffer = symbol.buffer;
        buffer.sort();
        int next = 0;
        while (true) {
            boolean idle = !symbol.engine.exists();
            if (idle && next == buffer.size()) {
                break;
            }
            // The grid's own step after the last: the step may be another than before a restart.
            long time = idle ? buffer.get(next).eventTimeMicros() : symbol.closedThrough;
            Governing governing = registries.at(time);
            long stepEnd = governing.stepEnd(time);
            if (stepEnd > targetMicros) {
                break;
            }
            next = close(symbol, next, stepEnd, governing);
        }
        buffer.removeFirst(next);
    }

    /** Closes one step; answers the first buffered event that is not of it. */
    private int close(ActiveSymbol symbol, int first, long stepEnd, Governing governing) {
        SymbolEngine engine = symbol.engine.onHeap();
        if (engine == null) {
            engine = engines.begin(symbol, governing.features());
        }
        EventBuffer buffer = symbol.buffer;
        int end = first;
        while (end < buffer.size() && buffer.get(end).eventTimeMicros() < stepEnd) {
            end++;
        }
        MarketEvent[] accepted = end == first ? NONE : accept(symbol, engine, first, end);
        boolean rowTime = governing.isRowTime(stepEnd);
        if (rowTime && outcome.wantsRow(stepEnd)) {
            outcome.row(engine.rowAt(stepEnd));
            outcome.priced(
                    new PricedRow(
                            engine.symbol(),
                            stepEnd,
                            engine.features().cadenceMicros(),
                            engine.price()));
        } else {
            engine.advanceTo(stepEnd);
        }
        if (accepted.length > 0) {
            outcome.accepted(symbol, accepted);
        }
        symbol.closedThrough = stepEnd;
        // Between two grid times an event may still come that the engine's book should meet.
        if (rowTime && engine.idleAt(stepEnd)) {
            engines.end(symbol);
        } else if (stepEnd == governing.untilMicros()) {
            engines.change(symbol, registries.at(stepEnd).features());
        }
        return end;
    }

    private MarketEvent[] accept(ActiveSymbol symbol, SymbolEngine engine, int first, int end) {
        MarketEvent[] accepted = new MarketEvent[end - first];
        int count = 0;
        for (int i = first; i < end; i++) {
            MarketEvent event = symbol.buffer.get(i);
            if (i > first && EventIdentity.same(symbol.buffer.get(i - 1), event)) {
                outcome.duplicate(event);
                continue;
            }
            accepted[count++] = event;
            engines.accepting(symbol, event);
            switch (engine.accept(event)) {
                case BOOK_GAP -> outcome.bookGap((BookUpdate) event);
                case BOOK_MISMATCH -> outcome.bookMismatch((BookUpdate) event);
                case APPLIED, BOOK_IGNORED, BOOK_RESTART -> {}
            }
        }
        return count == accepted.length ? accepted : Arrays.copyOf(accepted, count);
    }
}
