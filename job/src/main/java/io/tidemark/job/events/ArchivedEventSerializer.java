package io.tidemark.job.events;

import io.tidemark.job.archive.ArchivedEvent;
import io.tidemark.schemas.event.EventCodec;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Verdict;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * An event by {@link EventCodec}, after one byte for its verdict. Only travels; never lies in
 * state.
 */
final class ArchivedEventSerializer extends TypeSerializerSingleton<ArchivedEvent> {
    private static final long serialVersionUID = 1L;
    private static final Verdict[] VERDICTS = Verdict.values();

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    @SuppressWarnings("NullAway")
    public ArchivedEvent createInstance() {
        return null;
    }

    @Override
    public ArchivedEvent copy(ArchivedEvent from) {
        return from;
    }

    @Override
    public ArchivedEvent copy(ArchivedEvent from, ArchivedEvent reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(ArchivedEvent value, DataOutputView target) throws IOException {
        target.writeByte(value.verdict().ordinal());
        EventCodec.write(value.event(), target);
    }

    @Override
    public ArchivedEvent deserialize(DataInputView source) throws IOException {
        Verdict verdict = VERDICTS[source.readByte()];
        return new ArchivedEvent((MarketEvent) EventCodec.read(source), verdict);
    }

    @Override
    public ArchivedEvent deserialize(ArchivedEvent reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public TypeSerializerSnapshot<ArchivedEvent> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Its form has no parameters. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ArchivedEvent> {
        public Snapshot() {
            super(ArchivedEventSerializer::new);
        }
    }
}
