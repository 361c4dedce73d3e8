package io.tidemark.job.quality;

import io.tidemark.features.quality.DelayHistogram;
import io.tidemark.features.quality.MinuteQuality;
import io.tidemark.schemas.event.EventType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * An entry in a checkpoint, version 1: writer, number, number of minutes, the minutes. A type is
 * its wire name; of the delays, their number comes first.
 */
public final class QualityEntrySerializer implements SimpleVersionedSerializer<QualityEntry> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(QualityEntry entry) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64 + 480 * entry.minutes().size());
        out.writeUTF(entry.writer());
        out.writeLong(entry.number());
        out.writeInt(entry.minutes().size());
        for (MinuteQuality minute : entry.minutes()) {
            write(minute, out);
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public QualityEntry deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "a quality entry must be of version %d, got %d: written by a newer release"
                            .formatted(VERSION, version));
        }
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        String writer = in.readUTF();
        long number = in.readLong();
        int size = in.readInt();
        List<MinuteQuality> minutes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            minutes.add(read(in));
        }
        return new QualityEntry(writer, number, minutes);
    }

    private static void write(MinuteQuality one, DataOutputView out) throws IOException {
        out.writeUTF(one.symbol());
        out.writeUTF(one.type().wireName());
        out.writeLong(one.minuteMicros());
        out.writeLong(one.messages());
        out.writeLong(one.gaps());
        out.writeLong(one.missing());
        out.writeLong(one.silences());
        out.writeLong(one.silentMicros());
        out.writeLong(one.repeats());
        out.writeLong(one.spikes());
        out.writeDouble(one.worstSpike());
        out.writeLong(one.crossed());
        out.writeLong(one.overtaken());
        out.writeLong(one.clocked());
        out.writeLong(one.behind());
        out.writeLong(one.least());
        out.writeLong(one.most());
        out.writeLong(one.total());
        out.writeInt(one.delays().length);
        for (long delay : one.delays()) {
            out.writeLong(delay);
        }
    }

    private static MinuteQuality read(DataInputView in) throws IOException {
        String symbol = in.readUTF();
        String type = in.readUTF();
        return new MinuteQuality(
                symbol,
                EventType.ofWireName(type)
                        .orElseThrow(() -> new IOException("no event type is called " + type)),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readDouble(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                delays(in));
    }

    private static long[] delays(DataInputView in) throws IOException {
        int size = in.readInt();
        if (size != DelayHistogram.BINS) {
            throw new IOException(
                    "wanted %d bins of delays, got %d".formatted(DelayHistogram.BINS, size));
        }
        long[] delays = new long[size];
        for (int i = 0; i < size; i++) {
            delays[i] = in.readLong();
        }
        return delays;
    }
}
