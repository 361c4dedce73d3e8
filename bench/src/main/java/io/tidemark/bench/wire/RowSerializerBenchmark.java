package io.tidemark.bench.wire;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.job.rows.FeatureRowSerializer;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a feature row cost between two tasks, by our serializer and by the one Flink would make
 * of the record? Each row passes it once for each of its three sinks.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RowSerializerBenchmark {
    /** Values of a row: of registry 1.0.0 and of 2.0.0. */
    @Param({"29", "282"})
    int values = 29;

    @Param({"OURS", "FLINK"})
    Maker maker = Maker.OURS;

    private final DataOutputSerializer out = new DataOutputSerializer(1 << 16);
    private final DataInputDeserializer in = new DataInputDeserializer();
    private TypeSerializer<FeatureRow> serializer = serializer(Maker.OURS);
    private FeatureRow row = row(0);
    private byte[] written = {};

    /** Whose serializer. */
    public enum Maker {
        OURS,
        FLINK
    }

    @Setup
    public void prepare() throws IOException {
        serializer = serializer(maker);
        row = row(values);
        serializer.serialize(row, out);
        written = out.getCopyOfBuffer();
    }

    private static TypeSerializer<FeatureRow> serializer(Maker maker) {
        TypeInformation<FeatureRow> type =
                maker == Maker.OURS
                        ? FeatureRowSerializer.typeInformation()
                        : TypeInformation.of(FeatureRow.class);
        return type.createSerializer(new SerializerConfigImpl());
    }

    private static FeatureRow row(int size) {
        SplittableRandom random = new SplittableRandom(1);
        double[] values = random.doubles(size).toArray();
        return new FeatureRow(
                "BTCUSDT",
                1_786_276_800_000_000L,
                "2.0.0",
                values,
                63,
                1_000,
                1_786_276_799_999_000L);
    }

    @Benchmark
    public int write() throws IOException {
        out.clear();
        serializer.serialize(row, out);
        return out.length();
    }

    @Benchmark
    public FeatureRow read() throws IOException {
        in.setBuffer(written);
        return serializer.deserialize(in);
    }
}
