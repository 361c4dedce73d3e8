package io.tidemark.job.drift;

import io.tidemark.features.drift.DriftBaseline;
import io.tidemark.features.drift.LongRunSpread;
import io.tidemark.features.drift.Moments;
import io.tidemark.features.drift.ReferenceBins;
import io.tidemark.job.rows.ValueSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Baselines in bytes; a leading byte says the version, 1. */
public final class ModelBaselinesSerializer extends ValueSerializer<ModelBaselines> {
    static final ModelBaselinesSerializer INSTANCE = new ModelBaselinesSerializer();

    private static final long serialVersionUID = 1L;
    private static final byte VERSION = 1;

    private ModelBaselinesSerializer() {}

    @Override
    public void serialize(ModelBaselines all, DataOutputView out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(all.activation());
        out.writeLong(all.version());
        out.writeUTF(all.registryVersion());
        out.writeLong(all.windowMicros());
        out.writeInt(all.features().size());
        for (int feature = 0; feature < all.columns().length; feature++) {
            out.writeUTF(all.features().get(feature));
            out.writeInt(all.columns()[feature]);
        }
        out.writeInt(all.bySymbol().size());
        for (Map.Entry<String, List<DriftBaseline>> symbol :
                new TreeMap<>(all.bySymbol()).entrySet()) {
            out.writeUTF(symbol.getKey());
            for (DriftBaseline baseline : symbol.getValue()) {
                write(baseline, out);
            }
        }
    }

    @Override
    public ModelBaselines deserialize(DataInputView in) throws IOException {
        byte form = in.readByte();
        if (form != VERSION) {
            throw new IOException(
                    "baselines must be of version %d, got %d: written by a newer release"
                            .formatted(VERSION, form));
        }
        long activation = in.readLong();
        long version = in.readLong();
        String registryVersion = in.readUTF();
        long windowMicros = in.readLong();
        List<String> features = new ArrayList<>();
        int[] columns = new int[in.readInt()];
        for (int feature = 0; feature < columns.length; feature++) {
            features.add(in.readUTF());
            columns[feature] = in.readInt();
        }
        Map<String, List<DriftBaseline>> bySymbol = new TreeMap<>();
        int symbols = in.readInt();
        for (int symbol = 0; symbol < symbols; symbol++) {
            String name = in.readUTF();
            List<DriftBaseline> baselines = new ArrayList<>();
            for (int feature = 0; feature < columns.length; feature++) {
                baselines.add(read(in));
            }
            bySymbol.put(name, baselines);
        }
        return new ModelBaselines(
                activation, version, registryVersion, windowMicros, features, columns, bySymbol);
    }

    private static void write(DriftBaseline one, DataOutputView out) throws IOException {
        double[] edges = one.bins().innerEdges();
        out.writeInt(edges.length);
        for (double edge : edges) {
            out.writeDouble(edge);
        }
        for (long count : one.counts()) {
            out.writeLong(count);
        }
        out.writeLong(one.moments().count());
        out.writeDouble(one.moments().mean());
        out.writeDouble(one.moments().squares());
        out.writeInt(one.window());
        out.writeDouble(one.spread().trace());
        out.writeDouble(one.spread().squares());
    }

    private static DriftBaseline read(DataInputView in) throws IOException {
        double[] edges = new double[in.readInt()];
        for (int at = 0; at < edges.length; at++) {
            edges[at] = in.readDouble();
        }
        ReferenceBins bins = new ReferenceBins(edges);
        long[] counts = new long[bins.size()];
        for (int at = 0; at < counts.length; at++) {
            counts[at] = in.readLong();
        }
        Moments moments = new Moments(in.readLong(), in.readDouble(), in.readDouble());
        int window = in.readInt();
        return new DriftBaseline(
                bins, counts, moments, window, new LongRunSpread(in.readDouble(), in.readDouble()));
    }

    @Override
    public ModelBaselines createInstance() {
        return ModelBaselines.NONE;
    }

    @Override
    public TypeSerializerSnapshot<ModelBaselines> snapshotConfiguration() {
        return new Snapshot();
    }

    /** In checkpoints by name: never rename or move. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ModelBaselines> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
