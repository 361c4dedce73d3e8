package io.tidemark.job.features;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.runtime.state.KeyedStateBackend;

/**
 * The symbols of one task that have state: on the heap, and written to state at a checkpoint or
 * when their events weigh more than the heap may hold.
 */
final class ActiveSymbols {
    private final long heapEventBytes;
    private final SymbolImage image;
    private final EngineStore engines;
    private final SpilledEvents spilled;
    private final IdentityMemory identities;
    private final HeapMeter events = new HeapMeter();
    private final Map<String, ActiveSymbol> byName = new HashMap<>();

    ActiveSymbols(
            long heapEventBytes,
            SymbolImage image,
            EngineStore engines,
            SpilledEvents spilled,
            IdentityMemory identities) {
        this.heapEventBytes = heapEventBytes;
        this.image = image;
        this.engines = engines;
        this.spilled = spilled;
        this.identities = identities;
    }

    /** The symbol of that name; a new one when it has no state. */
    ActiveSymbol named(String name) {
        ActiveSymbol known = byName.get(name);
        if (known == null) {
            known = new ActiveSymbol(name, events);
            byName.put(name, known);
        }
        return known;
    }

    Collection<ActiveSymbol> all() {
        return byName.values();
    }

    int size() {
        return byName.size();
    }

    /** What their events on the heap weigh, about: bytes. */
    long eventBytes() {
        return events.bytes();
    }

    void restore(KeyedStateBackend<String> backend) throws IOException {
        for (ActiveSymbol symbol : image.readAll(backend, events)) {
            byName.put(symbol.name(), symbol);
        }
    }

    /** Writes all events to state when they weigh more than the heap may hold. */
    void spillBeyondBound() throws Exception {
        if (events.bytes() <= heapEventBytes) {
            return;
        }
        for (ActiveSymbol symbol : byName.values()) {
            if (!symbol.buffer.isEmpty()) {
                spilled.spill(symbol);
            }
            engines.write(symbol);
            symbol.changed = true;
        }
    }

    /**
     * After steps were closed: ends the state of engines that ended, and of the symbols idle for
     * the horizon.
     */
    void settle(long closedMicros, long horizonMicros) throws Exception {
        Iterator<ActiveSymbol> each = byName.values().iterator();
        while (each.hasNext()) {
            ActiveSymbol symbol = each.next();
            engines.settle(symbol);
            if (symbol.isIdle() && symbol.closedThrough <= closedMicros - horizonMicros) {
                identities.forget(symbol);
                image.clear(symbol);
                each.remove();
            }
        }
    }

    /** Brings state to what the heap has, for a checkpoint. */
    void write() throws Exception {
        for (ActiveSymbol symbol : byName.values()) {
            if (symbol.changed) {
                engines.write(symbol);
                image.write(symbol);
                symbol.changed = false;
            }
        }
    }
}
