package io.tidemark.job.features;

import io.tidemark.features.engine.EventIdentity;
import io.tidemark.schemas.event.MarketEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.array.LongPrimitiveArraySerializer;
import org.apache.flink.streaming.api.operators.KeyContext;

/**
 * The identities of the events of a symbol's closed steps: what tells a duplicate from a late
 * event. In blocks of ten seconds of event time: the latest on the heap, finished ones in state,
 * written once and read only when an event comes after its step.
 *
 * <p>The state ends: blocks older than the horizon are removed as new ones begin, and all of them
 * when the symbol has been idle for the horizon.
 */
final class IdentityMemory {
    private static final long BLOCK_MICROS = 10_000_000;
    private static final long[] NONE = {};

    private final long horizonMicros;
    private final KeyContext keys;
    private final MapState<Long, long[]> blocks;

    IdentityMemory(long horizonMicros, KeyContext keys, KeyedStateStore state) {
        this.horizonMicros = horizonMicros;
        this.keys = keys;
        blocks =
                state.getMapState(
                        new MapStateDescriptor<>(
                                "identity-blocks",
                                LongSerializer.INSTANCE,
                                LongPrimitiveArraySerializer.INSTANCE));
    }

    /**
     * Whether that event was seen; remembers it if not. One older than the horizon is never known,
     * and never remembered. O(events of its block).
     *
     * @param nowMicros the end of the last closed step
     */
    boolean seenBefore(ActiveSymbol symbol, MarketEvent event, long nowMicros) throws Exception {
        long block = blockOf(event);
        if (block + BLOCK_MICROS <= nowMicros - horizonMicros) {
            return false;
        }
        long identity = EventIdentity.hash(event);
        IdentityBlock latest = symbol.identities;
        if (block == latest.start()) {
            boolean known = latest.contains(identity);
            if (!known) {
                latest.add(identity);
            }
            return known;
        }
        keys.setCurrentKey(symbol.name());
        long[] known = blocks.get(block);
        if (known == null) {
            blocks.put(block, new long[] {identity});
            return false;
        }
        for (long one : known) {
            if (one == identity) {
                return true;
            }
        }
        long[] more = Arrays.copyOf(known, known.length + 1);
        more[known.length] = identity;
        blocks.put(block, more);
        return false;
    }

    /** Remembers an accepted event; they come in order of time. */
    void remember(ActiveSymbol symbol, MarketEvent event) throws Exception {
        long block = blockOf(event);
        if (block != symbol.identities.start()) {
            begin(symbol, block);
        }
        symbol.identities.add(EventIdentity.hash(event));
    }

    private void begin(ActiveSymbol symbol, long block) throws Exception {
        keys.setCurrentKey(symbol.name());
        IdentityBlock latest = symbol.identities;
        if (latest.size() > 0) {
            blocks.put(latest.start(), latest.toArray());
        }
        long oldest = block - horizonMicros - BLOCK_MICROS;
        if (latest.start() == block - BLOCK_MICROS) {
            blocks.remove(Math.floorDiv(oldest, BLOCK_MICROS) * BLOCK_MICROS);
        } else {
            forgetThrough(oldest);
        }
        // Events late for a step of this block may have come before its first in time.
        long[] known = blocks.get(block);
        latest.begin(block, known == null ? NONE : known);
    }

    /** O(blocks remembered): for after a pause. */
    private void forgetThrough(long startMicros) throws Exception {
        List<Long> old = new ArrayList<>();
        for (Long start : blocks.keys()) {
            if (start <= startMicros) {
                old.add(start);
            }
        }
        for (Long start : old) {
            blocks.remove(start);
        }
    }

    void forget(ActiveSymbol symbol) {
        keys.setCurrentKey(symbol.name());
        blocks.clear();
    }

    private static long blockOf(MarketEvent event) {
        return Math.floorDiv(event.eventTimeMicros(), BLOCK_MICROS) * BLOCK_MICROS;
    }
}
