package io.tidemark.job.source;

import io.tidemark.schemas.event.EventType;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** {@link QueueSplit}, version 1: name, type, then each list as its length and its numbers. */
final class QueueSplitSerializer implements SimpleVersionedSerializer<QueueSplit> {
    static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(QueueSplit split) throws IOException {
        DataOutputSerializer out =
                new DataOutputSerializer(
                        64 + 8 * (split.unacknowledged().length + split.awaited().length));
        write(split, out);
        return out.getCopyOfBuffer();
    }

    static void write(QueueSplit split, DataOutputView out) throws IOException {
        out.writeUTF(split.queue());
        out.writeUTF(split.type().wireName());
        writeAll(split.unacknowledged(), out);
        writeAll(split.awaited(), out);
    }

    @Override
    public QueueSplit deserialize(int version, byte[] bytes) throws IOException {
        refuseUnless(version == VERSION, version);
        return read(new DataInputDeserializer(bytes));
    }

    static QueueSplit read(DataInputView in) throws IOException {
        return new QueueSplit(in.readUTF(), type(in.readUTF()), readAll(in), readAll(in));
    }

    /** State of a version that this build does not know. */
    static void refuseUnless(boolean known, int version) throws IOException {
        if (!known) {
            throw new IOException(
                    "the source's state has version %d, this build reads version %d"
                            .formatted(version, VERSION));
        }
    }

    private static EventType type(String wireName) throws IOException {
        return Arrays.stream(EventType.values())
                .filter(type -> type.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IOException(
                                        "the source's state has a queue of type %s, known are %s"
                                                .formatted(wireName, List.of(EventType.values()))));
    }

    private static void writeAll(long[] numbers, DataOutputView out) throws IOException {
        out.writeInt(numbers.length);
        for (long number : numbers) {
            out.writeLong(number);
        }
    }

    private static long[] readAll(DataInputView in) throws IOException {
        long[] numbers = new long[in.readInt()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = in.readLong();
        }
        return numbers;
    }
}
