package io.tidemark.job.registry;

import io.tidemark.job.rows.ValueSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A change in bytes, version 1: ordinal, activation, T, cadence, the length of the definition in
 * UTF-8 and the definition. A leading byte says the version.
 */
public final class RegistryChangeSerializer extends ValueSerializer<RegistryChange> {
    /** The one instance. */
    public static final RegistryChangeSerializer INSTANCE = new RegistryChangeSerializer();

    private static final long serialVersionUID = 1L;
    private static final byte VERSION = 1;
    private static final RegistryChange EMPTY =
            new RegistryChange(0, 0, new Registry("", 1), RegistryChange.ALWAYS);

    private RegistryChangeSerializer() {}

    @Override
    public void serialize(RegistryChange change, DataOutputView out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(change.ordinal());
        out.writeLong(change.activation());
        out.writeLong(change.fromMicros());
        out.writeLong(change.registry().cadenceMicros());
        byte[] yaml = change.registry().yaml().getBytes(StandardCharsets.UTF_8);
        out.writeInt(yaml.length);
        out.write(yaml);
    }

    @Override
    public RegistryChange deserialize(DataInputView in) throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new IOException(
                    "a change of registry must be of version %d, got %d: written by a newer release"
                            .formatted(VERSION, version));
        }
        long ordinal = in.readLong();
        long activation = in.readLong();
        long from = in.readLong();
        long cadence = in.readLong();
        byte[] yaml = new byte[in.readInt()];
        in.readFully(yaml);
        return new RegistryChange(
                ordinal,
                activation,
                new Registry(new String(yaml, StandardCharsets.UTF_8), cadence),
                from);
    }

    @Override
    public RegistryChange createInstance() {
        return EMPTY;
    }

    @Override
    public TypeSerializerSnapshot<RegistryChange> snapshotConfiguration() {
        return new Snapshot();
    }

    /** In checkpoints by name: never rename or move. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<RegistryChange> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
