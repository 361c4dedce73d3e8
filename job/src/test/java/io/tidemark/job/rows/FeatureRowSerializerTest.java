package io.tidemark.job.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.features.engine.FeatureRow;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class FeatureRowSerializerTest {
    private static final FeatureRow ROW =
            new FeatureRow(
                    "BTCUSDT",
                    1_765_112_006_000_000L,
                    "1.0.0",
                    new double[] {
                        1.5,
                        -0.0,
                        Double.NaN,
                        Double.longBitsToDouble(0x7ff8_0000_0000_0001L),
                        Double.NEGATIVE_INFINITY
                    },
                    33,
                    Long.MAX_VALUE,
                    Long.MIN_VALUE);

    @Test
    void keepsEveryBitOfARow() throws Exception {
        FeatureRow read = read(bytes(ROW));
        assertThat(read).isEqualTo(ROW);
        for (int i = 0; i < ROW.values().length; i++) {
            assertThat(Double.doubleToRawLongBits(read.values()[i]))
                    .isEqualTo(Double.doubleToRawLongBits(ROW.values()[i]));
        }
    }

    @Test
    void copiesBytesRowByRow() throws Exception {
        DataOutputSerializer twoRows = new DataOutputSerializer(64);
        FeatureRowSerializer.INSTANCE.serialize(ROW, twoRows);
        FeatureRowSerializer.INSTANCE.serialize(ROW, twoRows);
        DataInputDeserializer source = new DataInputDeserializer(twoRows.getCopyOfBuffer());
        DataOutputSerializer target = new DataOutputSerializer(64);

        FeatureRowSerializer.INSTANCE.copy(source, target);

        assertThat(target.getCopyOfBuffer()).isEqualTo(bytes(ROW));
        assertThat(FeatureRowSerializer.INSTANCE.deserialize(source)).isEqualTo(ROW);
    }

    @Test
    void refusesARowOfANewerRelease() throws Exception {
        byte[] bytes = bytes(ROW);
        bytes[0] = 2;
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("must be of version 1, got 2");
    }

    @Test
    void isRestoredFromItsSnapshot() {
        TypeSerializer<FeatureRow> restored =
                FeatureRowSerializer.INSTANCE.snapshotConfiguration().restoreSerializer();
        assertThat(restored).isEqualTo(FeatureRowSerializer.INSTANCE);
    }

    private static byte[] bytes(FeatureRow row) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        FeatureRowSerializer.INSTANCE.serialize(row, out);
        return out.getCopyOfBuffer();
    }

    private static FeatureRow read(byte[] bytes) throws IOException {
        return FeatureRowSerializer.INSTANCE.deserialize(new DataInputDeserializer(bytes));
    }
}
