package io.tidemark.job.events;

import io.tidemark.job.archive.ArchivedEvent;
import io.tidemark.job.rows.ValueSerializer;
import io.tidemark.schemas.event.EventCodec;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Verdict;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * An event by {@link EventCodec}, after one byte for its verdict. Only travels; never lies in
 * state.
 */
final class ArchivedEventSerializer extends ValueSerializer<ArchivedEvent> {
    private static final long serialVersionUID = 1L;
    private static final Verdict[] VERDICTS = Verdict.values();

    @Override
    @SuppressWarnings("NullAway")
    public ArchivedEvent createInstance() {
        return null;
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
