package io.tidemark.bench.operator;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.features.engine.SymbolEngine;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.job.registry.Registry;
import io.tidemark.schemas.event.MarketEvent;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * The baseline: the symbol's engine is a {@code ValueState}, read, moved by the event and written
 * back for each event. Events must come in order; it makes no rows, so it does less than the
 * operator it stands beside.
 */
final class PerEventState extends AbstractStreamOperator<FeatureRow>
        implements OneInputStreamOperator<MarketEvent, FeatureRow> {
    private static final long serialVersionUID = 1L;

    private final Registry registry;
    private transient FeatureSet features;
    private transient ValueState<byte[]> state;
    private transient DataOutputSerializer scratch;

    /** Engines on the heap until {@link #settle}: warming up is not what is measured. */
    private transient @Nullable Map<String, SymbolEngine> warming;

    @SuppressWarnings("NullAway.Init")
    PerEventState(Registry registry) {
        this.registry = registry;
    }

    @Override
    public void initializeState(StateInitializationContext context) {
        features = registry.compile();
        scratch = new DataOutputSerializer(4096);
        warming = new HashMap<>();
        state =
                context.getKeyedStateStore()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "engine", BytePrimitiveArraySerializer.INSTANCE));
    }

    @Override
    public void processElement(StreamRecord<MarketEvent> element) throws Exception {
        MarketEvent event = element.getValue();
        if (warming != null) {
            warming.computeIfAbsent(event.symbol(), name -> SymbolEngine.create(features, name))
                    .accept(event);
            return;
        }
        byte[] bytes = state.value();
        SymbolEngine engine =
                bytes == null
                        ? SymbolEngine.create(features, event.symbol())
                        : SymbolEngine.restore(
                                features, event.symbol(), new DataInputDeserializer(bytes));
        engine.accept(event);
        write(engine);
    }

    /** Puts the warm engines into state; answers their bytes, on average. */
    long settle() throws Exception {
        Map<String, SymbolEngine> engines = Objects.requireNonNull(warming);
        warming = null;
        long bytes = 0;
        for (SymbolEngine engine : engines.values()) {
            setCurrentKey(engine.symbol());
            write(engine);
            bytes += scratch.length();
        }
        return bytes / engines.size();
    }

    private void write(SymbolEngine engine) throws IOException {
        scratch.clear();
        engine.save(scratch);
        state.update(scratch.getCopyOfBuffer());
    }
}
