package io.tidemark.job.features;

import io.tidemark.features.engine.SymbolEngine;
import io.tidemark.schemas.event.MarketEvent;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The place of one symbol's engine: none while the symbol is idle, on the heap, or in state only.
 * State holds it as it was when last saved and, in the journal, the events it accepted since.
 */
final class EngineSlot {
    /** Weight of the journal at which an engine never saved is saved the first time. */
    private static final int FIRST_SAVE_BYTES = 8_192;

    /** Accepted events that are not in state yet. */
    final EventBuffer unsaved;

    /** Spreads the saves of symbols alike over time: 0 to 1,023, the same for a symbol always. */
    private final int spread;

    private boolean exists;
    private @Nullable SymbolEngine engine;

    /** State holds something: of this engine or, when stale, of one that has ended. */
    private boolean inState;

    private boolean stale;

    /** State holds another registry's engine: the journal would be taken by the wrong one. */
    private boolean mustSave;

    private int savedBytes;
    private long journaledBytes;

    EngineSlot(String symbol, HeapMeter meter) {
        unsaved = new EventBuffer(meter);
        spread = (symbol.hashCode() * 0x9E3779B9) >>> 22;
    }

    /** Whether the symbol has an engine, wherever it is. */
    boolean exists() {
        return exists;
    }

    /** The engine when it is on the heap. */
    @Nullable SymbolEngine onHeap() {
        return engine;
    }

    void begin(SymbolEngine fresh) {
        exists = true;
        engine = fresh;
    }

    void accepted(MarketEvent event) {
        unsaved.add(event);
    }

    /** The symbol is idle: what state holds of its engine is of no use any more. */
    void end() {
        exists = false;
        engine = null;
        unsaved.clear();
        mustSave = false;
        stale = inState;
        savedBytes = 0;
        journaledBytes = 0;
    }

    /** Another registry's engine goes on in its place. */
    void changed(SymbolEngine next) {
        engine = next;
        unsaved.clear();
        mustSave = true;
    }

    /** Whether state has not what the heap has. */
    boolean unwritten() {
        return mustSave || !unsaved.isEmpty();
    }

    void loaded(SymbolEngine restored) {
        engine = restored;
    }

    /** Leaves the heap; state must hold it. */
    void unload() {
        engine = null;
    }

    /** Whether state holds the remains of an engine that ended. */
    boolean stale() {
        return stale;
    }

    void cleared() {
        stale = false;
        inState = false;
    }

    /**
     * Whether to save the engine rather than to go on with the journal: when the journal weighs
     * about as much as the engine. What is written is then never more than about twice the events,
     * however large the engine is. After a change of registry, once.
     */
    boolean journalIsHeavy() {
        if (mustSave) {
            return true;
        }
        long base = Math.max(savedBytes, FIRST_SAVE_BYTES);
        return journaledBytes + unsaved.bytes() > base / 2 + base * spread / 1_024;
    }

    void saved(int bytes) {
        inState = true;
        mustSave = false;
        savedBytes = bytes;
        journaledBytes = 0;
        unsaved.clear();
    }

    void journaled() {
        inState = true;
        journaledBytes += unsaved.bytes();
        unsaved.clear();
    }

    /** Writes where the engine is; state must hold what the heap does. */
    void save(DataOutput out) throws IOException {
        out.writeBoolean(exists);
        out.writeInt(savedBytes);
        out.writeLong(journaledBytes);
    }

    /** Reads what {@link #save} wrote. */
    void restore(DataInput in) throws IOException {
        exists = in.readBoolean();
        inState = exists;
        savedBytes = in.readInt();
        journaledBytes = in.readLong();
    }

    boolean journaledAny() {
        return journaledBytes > 0;
    }
}
