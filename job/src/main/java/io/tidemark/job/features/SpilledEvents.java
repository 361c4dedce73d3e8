package io.tidemark.job.features;

import io.tidemark.job.events.InboundSerializer;
import io.tidemark.schemas.event.MarketEvent;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.internal.InternalListState;

/**
 * Events of open steps that found no room on the heap: in state, by symbol and second of event
 * time, so that closing a step reads the seconds it closes and not what one queue, far ahead of
 * another, has put behind them.
 */
final class SpilledEvents {
    static final long SECOND = 1_000_000;

    private final KeyedStateBackend<String> backend;
    private final InternalListState<String, Long, MarketEvent> bySecond;

    @SuppressWarnings("unchecked") // every backend's state is internal state, with a namespace
    SpilledEvents(KeyedStateBackend<String> backend) throws Exception {
        this.backend = backend;
        bySecond =
                (InternalListState<String, Long, MarketEvent>)
                        backend
                                .<Long, ListState<MarketEvent>, List<MarketEvent>>
                                        getOrCreateKeyedState(
                                                LongSerializer.INSTANCE,
                                                new ListStateDescriptor<MarketEvent>(
                                                        "spilled",
                                                        InboundSerializer.<MarketEvent>instance()));
    }

    /** Moves the symbol's buffer into state. */
    void spill(ActiveSymbol symbol) throws Exception {
        EventBuffer buffer = symbol.buffer;
        buffer.sort();
        backend.setCurrentKey(symbol.name());
        int first = 0;
        while (first < buffer.size()) {
            long second = second(buffer.get(first));
            int end = first + 1;
            while (end < buffer.size() && second(buffer.get(end)) == second) {
                end++;
            }
            bySecond.setCurrentNamespace(second);
            bySecond.addAll(buffer.view(first, end));
            symbol.spilledSeconds.add(second);
            first = end;
        }
        buffer.clear();
    }

    /** Moves the first of the symbol's seconds from state into its buffer. */
    void fetchFirst(ActiveSymbol symbol) throws Exception {
        Long second = symbol.spilledSeconds.pollFirst();
        backend.setCurrentKey(symbol.name());
        bySecond.setCurrentNamespace(second);
        Iterable<MarketEvent> events = bySecond.get();
        if (events != null) {
            events.forEach(symbol.buffer::add);
        }
        bySecond.clear();
    }

    private static long second(MarketEvent event) {
        return Math.floorDiv(event.eventTimeMicros(), SECOND) * SECOND;
    }
}
