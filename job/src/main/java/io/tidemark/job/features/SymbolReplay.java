package io.tidemark.job.features;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.features.engine.SymbolEngine;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.MarketEvent;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One symbol's rows from events that are known: steps are closed, duplicates left out, silence
 * filled and engines ended by the very code of the stream. Events come in order of time; those of
 * one grid step in any order. Not thread-safe.
 */
public final class SymbolReplay {
    /** Who gets the rows. */
    public interface Rows {
        /** Whether the rows of that grid time are wanted; the others are not computed. */
        boolean wants(long gridTimeMicros);

        /** The next row, in order of time. */
        void row(FeatureRow row);

        /** The same event as one before, left out. */
        void duplicate(MarketEvent event);
    }

    private final Grid grid;
    private final ActiveSymbol symbol;
    private final StepClosing closing;
    private final FeatureSet features;

    /** A symbol nothing is known of. */
    public SymbolReplay(FeatureSet features, String symbol, Rows rows) {
        this.features = features;
        this.grid = new Grid(features.stepMicros(), features.cadenceMicros());
        this.symbol = new ActiveSymbol(symbol, new HeapMeter());
        Governing always = Governing.always(features);
        this.closing = new StepClosing(micros -> always, new Fresh(), new Output(rows));
    }

    /**
     * Goes on from what {@link #save} wrote, maybe under another feature set of the same grid.
     *
     * @param closedMicros the time closed when it was saved
     * @throws IOException when it did not write it
     */
    public void restore(DataInput in, long closedMicros) throws IOException {
        symbol.engine.begin(SymbolEngine.restore(features, symbol.name(), in));
        symbol.closedThrough = closedMicros;
    }

    /** Whether anything is known of the symbol; otherwise it may as well begin anew. */
    public boolean known() {
        return !symbol.isIdle();
    }

    /** Writes the engine as it is at the time closed; every event taken must be before that. */
    public void save(DataOutput out) throws IOException {
        SymbolEngine engine = symbol.engine.onHeap();
        if (engine == null || !symbol.buffer.isEmpty()) {
            throw new IllegalStateException(
                    "wanted an engine with its last step closed: " + symbol.name());
        }
        engine.save(out);
    }

    /** Takes an event of the last one's step or a later one; closes the steps before. */
    public void accept(MarketEvent event) {
        long stepEnd = grid.stepEnd(event.eventTimeMicros());
        closeThrough(stepEnd - grid.stepMicros());
        symbol.buffer.add(event);
    }

    /** Closes every step that ends by then: no event before that time will come. */
    public void closeThrough(long micros) {
        if (micros > symbol.closedThrough) {
            closing.through(symbol, micros);
        }
    }

    /** Engines that no state has to follow. */
    private static final class Fresh implements StepClosing.Engines {
        @Override
        public SymbolEngine begin(ActiveSymbol one, FeatureSet its) {
            SymbolEngine engine = SymbolEngine.create(its, one.name());
            one.engine.begin(engine);
            return engine;
        }

        @Override
        public void accepting(ActiveSymbol one, MarketEvent event) {}

        @Override
        public void change(ActiveSymbol one, FeatureSet other) {
            throw new IllegalStateException("a replay has one registry, and got another");
        }

        @Override
        public void end(ActiveSymbol one) {
            one.engine.end();
        }
    }

    private record Output(Rows rows) implements StepClosing.Outcome {
        @Override
        public boolean wantsRow(long gridTimeMicros) {
            return rows.wants(gridTimeMicros);
        }

        @Override
        public void row(FeatureRow row) {
            rows.row(row);
        }

        @Override
        public void duplicate(MarketEvent event) {
            rows.duplicate(event);
        }

        @Override
        public void bookGap(BookUpdate event) {}

        @Override
        public void bookMismatch(BookUpdate event) {}

        @Override
        public void accepted(ActiveSymbol symbol, MarketEvent[] events) {}
    }
}
