package io.tidemark.job.rows;

import io.tidemark.features.engine.FeatureRow;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A feature row in bytes, version 1: symbol, T, registry version, number of values, the values' raw
 * bits, completeness, event count, latest event time. A leading byte says the version, so that a
 * later release can read state of this one. Values keep their bits, NaN payloads included.
 */
public final class FeatureRowSerializer extends ValueSerializer<FeatureRow> {
    /** The one instance. */
    public static final FeatureRowSerializer INSTANCE = new FeatureRowSerializer();

    private static final long serialVersionUID = 1L;
    private static final byte VERSION = 1;
    private static final FeatureRow EMPTY = new FeatureRow("", 0, "", new double[0], 0, 0, 0);

    private FeatureRowSerializer() {}

    /** The type of a stream of rows. */
    public static TypeInformation<FeatureRow> typeInformation() {
        return new ExplicitTypeInfo<>(FeatureRow.class, INSTANCE);
    }

    @Override
    public void serialize(FeatureRow row, DataOutputView out) throws IOException {
        out.writeByte(VERSION);
        out.writeUTF(row.symbol());
        out.writeLong(row.gridTimeMicros());
        out.writeUTF(row.registryVersion());
        double[] values = row.values();
        out.writeInt(values.length);
        for (double value : values) {
            out.writeLong(Double.doubleToRawLongBits(value));
        }
        out.writeInt(row.completeness());
        out.writeLong(row.eventCount());
        out.writeLong(row.maxEventTimeMicros());
    }

    @Override
    public FeatureRow deserialize(DataInputView in) throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new IOException(
                    "a feature row must be of version %d, got %d: written by a newer release"
                            .formatted(VERSION, version));
        }
        String symbol = in.readUTF();
        long gridTime = in.readLong();
        String registryVersion = in.readUTF();
        double[] values = new double[in.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Double.longBitsToDouble(in.readLong());
        }
        return new FeatureRow(
                symbol,
                gridTime,
                registryVersion,
                values,
                in.readInt(),
                in.readLong(),
                in.readLong());
    }

    @Override
    public FeatureRow createInstance() {
        return EMPTY;
    }

    @Override
    public TypeSerializerSnapshot<FeatureRow> snapshotConfiguration() {
        return new Snapshot();
    }

    /** In checkpoints by name: never rename or move. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<FeatureRow> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
