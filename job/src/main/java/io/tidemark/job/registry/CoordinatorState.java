package io.tidemark.job.registry;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * What a checkpoint keeps of the coordinator.
 *
 * @param newest the change told last, or what the job began with
 * @param untold changes that are perhaps in no checkpoint of the tasks yet, in order
 */
record CoordinatorState(RegistryChange newest, List<RegistryChange> untold) {
    private static final int VERSION = 1;

    CoordinatorState {
        untold = List.copyOf(untold);
    }

    /** A leading byte says the version. */
    byte[] toBytes() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(4096);
        out.writeByte(VERSION);
        RegistryChangeSerializer.INSTANCE.serialize(newest, out);
        out.writeInt(untold.size());
        for (RegistryChange change : untold) {
            RegistryChangeSerializer.INSTANCE.serialize(change, out);
        }
        return out.getCopyOfBuffer();
    }

    static CoordinatorState of(byte[] bytes) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        int version = in.readByte();
        if (version != VERSION) {
            throw new IOException(
                    "the state of the registry's coordinator must be of version %d, got %d: written by a newer release"
                            .formatted(VERSION, version));
        }
        RegistryChange newest = RegistryChangeSerializer.INSTANCE.deserialize(in);
        List<RegistryChange> untold = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            untold.add(RegistryChangeSerializer.INSTANCE.deserialize(in));
        }
        return new CoordinatorState(newest, untold);
    }
}
