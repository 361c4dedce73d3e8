package io.tidemark.job.features;

import io.tidemark.schemas.event.EventCodec;
import io.tidemark.schemas.event.MarketEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.KeyContext;

/**
 * What a checkpoint keeps of an {@link ActiveSymbol} besides its engine, as one value, written at
 * the checkpoint only. The first byte is the version of the form: a later release reads what an
 * earlier one wrote.
 */
final class SymbolImage {
    private static final String NAME = "symbol";
    private static final int VERSION = 1;

    private final KeyContext keys;
    private final ValueState<byte[]> image;
    private final DataOutputSerializer scratch = new DataOutputSerializer(4096);

    SymbolImage(KeyContext keys, KeyedStateStore state) {
        this.keys = keys;
        image =
                state.getState(
                        new ValueStateDescriptor<>(NAME, BytePrimitiveArraySerializer.INSTANCE));
    }

    void write(ActiveSymbol symbol) throws IOException {
        scratch.clear();
        scratch.writeByte(VERSION);
        scratch.writeLong(symbol.closedThrough);
        symbol.engine.save(scratch);
        scratch.writeInt(symbol.spilledSeconds.size());
        for (long second : symbol.spilledSeconds) {
            scratch.writeLong(second);
        }
        symbol.identities.save(scratch);
        EventBuffer buffer = symbol.buffer;
        scratch.writeInt(buffer.size());
        for (int i = 0; i < buffer.size(); i++) {
            EventCodec.write(buffer.get(i), scratch);
        }
        keys.setCurrentKey(symbol.name());
        image.update(scratch.getCopyOfBuffer());
    }

    /** Every symbol that has state, as its image says. */
    List<ActiveSymbol> readAll(KeyedStateBackend<String> backend, HeapMeter meter)
            throws IOException {
        List<String> names;
        try (var known = backend.getKeys(NAME, VoidNamespace.INSTANCE)) {
            names = known.toList();
        }
        List<ActiveSymbol> symbols = new ArrayList<>(names.size());
        for (String name : names) {
            keys.setCurrentKey(name);
            symbols.add(read(name, image.value(), meter));
        }
        return symbols;
    }

    private static ActiveSymbol read(String name, byte[] bytes, HeapMeter meter)
            throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        int version = in.readByte();
        if (version != VERSION) {
            throw new IOException(
                    "wanted a symbol's state of version %d, got %d: written by a newer release"
                            .formatted(VERSION, version));
        }
        ActiveSymbol symbol = new ActiveSymbol(name, meter);
        symbol.closedThrough = in.readLong();
        symbol.engine.restore(in);
        for (int left = in.readInt(); left > 0; left--) {
            symbol.spilledSeconds.add(in.readLong());
        }
        symbol.identities.restore(in);
        for (int left = in.readInt(); left > 0; left--) {
            symbol.buffer.add((MarketEvent) EventCodec.read(in));
        }
        return symbol;
    }

    void clear(ActiveSymbol symbol) {
        keys.setCurrentKey(symbol.name());
        image.clear();
    }
}
