package io.tidemark.job.features;

import static java.util.Objects.requireNonNull;

import io.tidemark.features.engine.SymbolEngine;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.job.events.InboundSerializer;
import io.tidemark.schemas.event.MarketEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.operators.KeyContext;

/**
 * Engines between heap and state. State is the engine as last saved and a journal of the events it
 * accepted since: because an engine is a pure function of its events, taking the journal again
 * gives the same bits. An engine of hundreds of kilobytes that got three events since the last
 * checkpoint costs that checkpoint three events; it is saved when its journal weighs as much as
 * itself.
 *
 * <p>At most so many engines stay on the heap; those beyond are read and written at every step. The
 * first to come keep their place until they are idle: every active symbol is visited once a step,
 * in turn, and in that pattern replacing the least recently used would replace each just before its
 * use.
 */
final class EngineStore implements StepClosing.Engines {
    private final int heapEngines;
    private final KeyContext keys;
    private final ValueState<byte[]> saved;
    private final ListState<MarketEvent> journal;
    private final DataOutputSerializer scratch = new DataOutputSerializer(4096);

    private int onHeap;

    EngineStore(int heapEngines, KeyContext keys, KeyedStateStore state) {
        this.heapEngines = heapEngines;
        this.keys = keys;
        saved =
                state.getState(
                        new ValueStateDescriptor<>(
                                "engine", BytePrimitiveArraySerializer.INSTANCE));
        journal =
                state.getListState(
                        new ListStateDescriptor<>(
                                "journal", InboundSerializer.<MarketEvent>instance()));
    }

    int onHeap() {
        return onHeap;
    }

    /** Puts the symbol's engine, which is in state and of those features, onto the heap. */
    void load(ActiveSymbol symbol, FeatureSet features) throws Exception {
        keys.setCurrentKey(symbol.name());
        SymbolEngine engine = read(features, symbol.name());
        for (MarketEvent event : journal.get()) {
            engine.accept(event);
        }
        engine.advanceTo(symbol.closedThrough);
        symbol.engine.loaded(engine);
        onHeap++;
    }

    private SymbolEngine read(FeatureSet features, String symbol) throws IOException {
        byte[] bytes = saved.value();
        return bytes == null
                ? SymbolEngine.create(features, symbol)
                : SymbolEngine.restore(features, symbol, new DataInputDeserializer(bytes));
    }

    @Override
    public SymbolEngine begin(ActiveSymbol symbol, FeatureSet features) {
        SymbolEngine engine = SymbolEngine.create(features, symbol.name());
        symbol.engine.begin(engine);
        onHeap++;
        return engine;
    }

    @Override
    public void accepting(ActiveSymbol symbol, MarketEvent event) {
        symbol.engine.accepted(event);
    }

    /** The next checkpoint has it whole. */
    @Override
    public void change(ActiveSymbol symbol, FeatureSet features) {
        SymbolEngine engine = requireNonNull(symbol.engine.onHeap());
        scratch.clear();
        try {
            engine.save(scratch);
            symbol.engine.changed(
                    SymbolEngine.restore(
                            features,
                            symbol.name(),
                            new DataInputDeserializer(
                                    scratch.getSharedBuffer(), 0, scratch.length())));
        } catch (IOException e) {
            throw new UncheckedIOException("an engine in memory is not read as written", e);
        }
    }

    @Override
    public void end(ActiveSymbol symbol) {
        symbol.engine.end();
        onHeap--;
    }

    /** Whether more engines are on the heap than may stay there. */
    boolean overfull() {
        return onHeap > heapEngines;
    }

    /** Writes the engine and takes it off the heap. */
    void unload(ActiveSymbol symbol) throws Exception {
        write(symbol);
        symbol.engine.unload();
        onHeap--;
    }

    /** Takes out of state what remains of an engine that has ended. */
    void settle(ActiveSymbol symbol) {
        if (symbol.engine.stale()) {
            keys.setCurrentKey(symbol.name());
            saved.clear();
            journal.clear();
            symbol.engine.cleared();
        }
    }

    /** Brings state to what the heap has: by the journal, or by saving the engine. */
    void write(ActiveSymbol symbol) throws Exception {
        EngineSlot slot = symbol.engine;
        settle(symbol);
        if (!slot.unwritten()) {
            return;
        }
        keys.setCurrentKey(symbol.name());
        SymbolEngine engine = slot.onHeap();
        if (engine == null || !slot.journalIsHeavy()) {
            journal.addAll(slot.unsaved.view(0, slot.unsaved.size()));
            slot.journaled();
            return;
        }
        scratch.clear();
        engine.save(scratch);
        saved.update(scratch.getCopyOfBuffer());
        if (slot.journaledAny()) {
            journal.clear();
        }
        slot.saved(scratch.length());
    }
}
