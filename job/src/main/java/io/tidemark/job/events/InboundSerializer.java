package io.tidemark.job.events;

import io.tidemark.job.rows.ValueSerializer;
import io.tidemark.schemas.event.EventCodec;
import io.tidemark.schemas.event.Inbound;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializes events and refused messages by {@link EventCodec}, whose bytes begin with their
 * format's version: a later release reads what an earlier one wrote. Values are immutable by
 * agreement, so a copy is the value itself.
 */
public final class InboundSerializer<T extends Inbound> extends ValueSerializer<T> {
    private static final long serialVersionUID = 1L;

    @Override
    @SuppressWarnings("NullAway") // Flink's own for types without a default value
    public T createInstance() {
        return null;
    }

    @Override
    public void serialize(T value, DataOutputView target) throws IOException {
        EventCodec.write(value, target);
    }

    @Override
    public T deserialize(DataInputView source) throws IOException {
        return cast(EventCodec.read(source));
    }

    // What was written as a T is read as one: Flink uses a serializer for one type only.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Inbound> T cast(Inbound value) {
        return (T) value;
    }

    @Override
    public TypeSerializerSnapshot<T> snapshotConfiguration() {
        return new Snapshot<>();
    }

    /**
     * The bytes carry their own version, so every snapshot of this class is compatible with every
     * other.
     */
    public static final class Snapshot<T extends Inbound> extends SimpleTypeSerializerSnapshot<T> {
        public Snapshot() {
            super(InboundSerializer::new);
        }
    }

    /** The serializer as its static type wants it. */
    public static <T extends Inbound> TypeSerializer<T> instance() {
        return new InboundSerializer<>();
    }
}
