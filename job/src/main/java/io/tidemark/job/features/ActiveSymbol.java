package io.tidemark.job.features;

import java.util.TreeSet;

/**
 * What a task has on the heap of one symbol. At a checkpoint state holds the same: the part that is
 * small as a {@link SymbolImage}, the engine as {@link EngineStore} writes it.
 */
final class ActiveSymbol {
    private final String name;

    /** Events of open steps that are on the heap, in order of arrival. */
    final EventBuffer buffer;

    /** Which seconds have events of open steps in state only, see {@link SpilledEvents}. */
    final TreeSet<Long> spilledSeconds = new TreeSet<>();

    /** The engine, or where it is. */
    final EngineSlot engine;

    /** The identities taken last. */
    final IdentityBlock identities = new IdentityBlock();

    /** The end of the last closed step; {@link Grid#NEVER} before the first. */
    long closedThrough = Grid.NEVER;

    /** Whether anything changed since the last checkpoint. */
    boolean changed;

    ActiveSymbol(String name, HeapMeter meter) {
        this.name = name;
        buffer = new EventBuffer(meter);
        engine = new EngineSlot(name, meter);
    }

    String name() {
        return name;
    }

    /** Whether it has neither an engine nor an event. */
    boolean isIdle() {
        return !engine.exists() && buffer.isEmpty() && spilledSeconds.isEmpty();
    }
}
