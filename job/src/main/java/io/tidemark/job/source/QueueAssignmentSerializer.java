package io.tidemark.job.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** {@link QueueAssignment}, version 1: the names, then the splits. */
final class QueueAssignmentSerializer implements SimpleVersionedSerializer<QueueAssignment> {
    @Override
    public int getVersion() {
        return QueueSplitSerializer.VERSION;
    }

    @Override
    public byte[] serialize(QueueAssignment assignment) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        out.writeInt(assignment.assigned().size());
        for (String queue : assignment.assigned()) {
            out.writeUTF(queue);
        }
        out.writeInt(assignment.returned().size());
        for (QueueSplit split : assignment.returned()) {
            QueueSplitSerializer.write(split, out);
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public QueueAssignment deserialize(int version, byte[] bytes) throws IOException {
        QueueSplitSerializer.refuseUnless(version == QueueSplitSerializer.VERSION, version);
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        Set<String> assigned = new TreeSet<>();
        for (int i = in.readInt(); i > 0; i--) {
            assigned.add(in.readUTF());
        }
        List<QueueSplit> returned = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            returned.add(QueueSplitSerializer.read(in));
        }
        return new QueueAssignment(assigned, returned);
    }
}
