package io.tidemark.job.ledger;

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
 * An entry in a checkpoint, version 1: writer, number, number of cells, the cells. A type is its
 * wire name.
 */
public final class LedgerEntrySerializer implements SimpleVersionedSerializer<LedgerEntry> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(LedgerEntry entry) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64 + 96 * entry.cells().size());
        out.writeUTF(entry.writer());
        out.writeLong(entry.number());
        out.writeInt(entry.cells().size());
        for (LedgerCell cell : entry.cells()) {
            write(cell, out);
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public LedgerEntry deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "a ledger entry must be of version %d, got %d: written by a newer release"
                            .formatted(VERSION, version));
        }
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        String writer = in.readUTF();
        long number = in.readLong();
        int size = in.readInt();
        List<LedgerCell> cells = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            cells.add(read(in));
        }
        return new LedgerEntry(writer, number, cells);
    }

    private static void write(LedgerCell cell, DataOutputView out) throws IOException {
        out.writeUTF(cell.symbol());
        out.writeUTF(cell.type().wireName());
        out.writeLong(cell.minuteMicros());
        out.writeLong(cell.accepted());
        out.writeLong(cell.duplicate());
        out.writeLong(cell.late());
        out.writeLong(cell.rejected());
        out.writeLong(cell.lowestSequence());
        out.writeLong(cell.highestSequence());
        out.writeLong(cell.firstEventTimeMicros());
        out.writeLong(cell.lastEventTimeMicros());
    }

    private static LedgerCell read(DataInputView in) throws IOException {
        String symbol = in.readUTF();
        String type = in.readUTF();
        return new LedgerCell(
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
                in.readLong());
    }
}
