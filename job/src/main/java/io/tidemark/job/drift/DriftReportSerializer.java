package io.tidemark.job.drift;

import io.tidemark.features.drift.DriftAlarm;
import io.tidemark.features.drift.DriftReading;
import io.tidemark.features.drift.FeatureDrift;
import io.tidemark.features.drift.Moments;
import io.tidemark.job.rows.ValueSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A report on its way from task to task; in no state but that of unaligned checkpoints. */
public final class DriftReportSerializer extends ValueSerializer<DriftReport> {
    static final DriftReportSerializer INSTANCE = new DriftReportSerializer();

    private static final long serialVersionUID = 1L;
    private static final DriftReport EMPTY = new DriftReport(0, "", "", 0, 0, List.of(), List.of());

    private DriftReportSerializer() {}

    @Override
    public void serialize(DriftReport report, DataOutputView out) throws IOException {
        out.writeLong(report.version());
        out.writeUTF(report.symbol());
        out.writeUTF(report.registryVersion());
        out.writeLong(report.startMicros());
        out.writeLong(report.endMicros());
        out.writeInt(report.names().size());
        for (int at = 0; at < report.names().size(); at++) {
            out.writeUTF(report.names().get(at));
            write(report.features().get(at), out);
        }
    }

    @Override
    public DriftReport deserialize(DataInputView in) throws IOException {
        long version = in.readLong();
        String symbol = in.readUTF();
        String registryVersion = in.readUTF();
        long start = in.readLong();
        long end = in.readLong();
        int size = in.readInt();
        List<String> names = new ArrayList<>();
        List<FeatureDrift> features = new ArrayList<>();
        for (int at = 0; at < size; at++) {
            names.add(in.readUTF());
            features.add(read(in));
        }
        return new DriftReport(version, symbol, registryVersion, start, end, names, features);
    }

    private static void write(FeatureDrift one, DataOutputView out) throws IOException {
        out.writeInt(one.counts().length);
        for (long count : one.counts()) {
            out.writeLong(count);
        }
        out.writeLong(one.recent().count());
        out.writeDouble(one.recent().mean());
        out.writeDouble(one.recent().squares());
        DriftReading reading = one.reading();
        out.writeLong(reading.samples());
        out.writeDouble(reading.effectiveSamples());
        out.writeDouble(reading.psi());
        out.writeDouble(reading.psiThreshold());
        out.writeDouble(reading.pValue());
        out.writeDouble(reading.jensenShannon());
        out.writeDouble(reading.kolmogorovSmirnov());
        out.writeDouble(reading.wasserstein());
        out.writeDouble(reading.meanDeviation());
        out.writeDouble(reading.stdDeviation());
        out.writeDouble(reading.missingRateChange());
        out.writeBoolean(one.drift());
        DriftAlarm alarm = one.alarm();
        out.writeLong(alarm.openedMicros());
        out.writeLong(alarm.lastMicros());
        out.writeLong(alarm.windows());
        out.writeDouble(alarm.worstPsi());
        out.writeBoolean(alarm.muted());
        out.writeLong(alarm.closedMicros());
    }

    private static FeatureDrift read(DataInputView in) throws IOException {
        long[] counts = new long[in.readInt()];
        for (int at = 0; at < counts.length; at++) {
            counts[at] = in.readLong();
        }
        Moments recent = new Moments(in.readLong(), in.readDouble(), in.readDouble());
        DriftReading reading =
                new DriftReading(
                        in.readLong(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readDouble());
        boolean drift = in.readBoolean();
        DriftAlarm alarm =
                new DriftAlarm(
                        in.readLong(),
                        in.readLong(),
                        in.readLong(),
                        in.readDouble(),
                        in.readBoolean(),
                        in.readLong());
        return new FeatureDrift(counts, recent, reading, drift, alarm);
    }

    @Override
    public DriftReport createInstance() {
        return EMPTY;
    }

    @Override
    public TypeSerializerSnapshot<DriftReport> snapshotConfiguration() {
        return new Snapshot();
    }

    /** In checkpoints by name: never rename or move. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<DriftReport> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
