package io.tidemark.features.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.event.EventCodec;
import io.tidemark.schemas.event.MarketEvent;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Engines that earlier releases saved: they go on, and give the rows those releases gave. */
class GoldenEngineTest {
    private static final FeatureSet SET = FeatureSet.builtIn("1.0.0");

    @ParameterizedTest
    @ValueSource(ints = 1)
    void goesOnFromTheSavedEngineOfThatFormat(int format) throws IOException {
        String file = "/engine/format-" + format + ".bin";
        try (InputStream resource = getClass().getResourceAsStream(file);
                DataInputStream in = new DataInputStream(Objects.requireNonNull(resource))) {
            byte[] state = in.readNBytes(in.readInt());
            assertThat(state[0]).isEqualTo((byte) format);
            List<MarketEvent> events = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                events.add((MarketEvent) EventCodec.read(in));
            }
            List<FeatureRow> wanted = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                wanted.add(row(in));
            }
            assertThat(in.available()).isZero();
            assertThat(wanted).hasSizeGreaterThan(100);

            SymbolEngine engine = Rows.savedAndRestored(Rows.restored(SET, state));
            List<Long> grid = wanted.stream().map(FeatureRow::gridTimeMicros).toList();
            assertThat(Rows.at(engine, events, grid)).isEqualTo(wanted);
        }
    }

    private static FeatureRow row(DataInputStream in) throws IOException {
        long gridTime = in.readLong();
        int completeness = in.readInt();
        long eventCount = in.readLong();
        long maxEventTime = in.readLong();
        double[] values = new double[in.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readDouble();
        }
        return new FeatureRow(
                Events.SYMBOL,
                gridTime,
                SET.version(),
                values,
                completeness,
                eventCount,
                maxEventTime);
    }
}
