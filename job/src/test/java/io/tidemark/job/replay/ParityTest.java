package io.tidemark.job.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.job.archive.FeatureColumns;
import io.tidemark.job.archive.FeatureRowFiles;
import io.tidemark.job.archive.FeatureRows;
import io.tidemark.job.archive.SymbolChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParityTest {
    private static final long SECOND = 1_000_000;
    private static final List<String> NAMES = List.of("mid", "volume");

    @TempDir Path folder;

    @Test
    void holdsWhenEveryBitIsTheSame() throws IOException {
        Parity parity = parity(List.of(row("A", 1, 5, 1)), List.of(row("A", 1, 5, 1)), false);
        assertThat(parity.holds()).isTrue();
        assertThat(parity).isEqualTo(new Parity(1, 0, 0, 0, 0, 0, null));
    }

    @Test
    void doesNotHoldForOneBit() throws IOException {
        Parity parity =
                parity(
                        List.of(row("A", 1, 5, 1), row("A", 2, 5, 1)),
                        List.of(row("A", 1, 5, 1), row("A", 2, Math.nextUp(5.0), 1)),
                        false);
        assertThat(parity.holds()).isFalse();
        assertThat(parity.first())
                .isEqualTo(
                        "A at 1970-01-01T00:00:02Z: volume was served as 5.0, replayed as 5.000000000000001");
    }

    @Test
    void doesNotHoldForNothing() throws IOException {
        assertThat(parity(List.of(), List.of(), true).holds()).isFalse();
    }

    @Test
    void missesRowsOfEitherSide() throws IOException {
        Parity parity =
                parity(
                        List.of(row("A", 1, 5, 1), row("A", 2, 5, 1), row("A", 4, 5, 1)),
                        List.of(row("A", 1, 5, 1), row("A", 3, 5, 0), row("A", 4, 5, 1)),
                        false);
        assertThat(parity).isEqualTo(new Parity(2, 0, 1, 1, 0, 0, parity.first()));
        assertThat(parity.first()).isEqualTo("A at 1970-01-01T00:00:02Z: served only");
    }

    @Test
    void forgivesSilenceAfterTheLastServedRowAndNotEvents() throws IOException {
        List<FeatureRow> served = List.of(row("A", 1, 5, 1), row("B", 1, 5, 1));
        assertThat(
                        parity(
                                served,
                                List.of(
                                        row("A", 1, 5, 1),
                                        row("B", 1, 5, 1),
                                        row("A", 2, 5, 0),
                                        row("B", 2, 5, 0)),
                                false))
                .isEqualTo(new Parity(2, 0, 0, 0, 0, 2, null));
        Parity missed =
                parity(
                        served,
                        List.of(
                                row("A", 1, 5, 1),
                                row("B", 1, 5, 1),
                                row("A", 2, 5, 0),
                                row("A", 3, 5, 7)),
                        false);
        assertThat(missed.holds()).isFalse();
        assertThat(missed.first()).isEqualTo("A at 1970-01-01T00:00:03Z: replayed only");
    }

    @Test
    void leavesAloneWhatIsBeforeTheFirstServedRowWhenAsked() throws IOException {
        List<FeatureRow> served = List.of(row("A", 2, 5, 1));
        List<FeatureRow> replayed = List.of(row("A", 1, 5, 1), row("A", 2, 5, 1));
        assertThat(parity(served, replayed, true)).isEqualTo(new Parity(1, 0, 0, 0, 1, 0, null));
        assertThat(parity(served, replayed, false).holds()).isFalse();
    }

    private Parity parity(List<FeatureRow> served, List<FeatureRow> replayed, boolean fromServed)
            throws IOException {
        return Parity.of(
                written("served", served), written("replayed", replayed), NAMES, fromServed);
    }

    private FeatureRows written(String name, List<FeatureRow> rows) throws IOException {
        var root = new org.apache.flink.core.fs.Path(folder.resolve(name).toString());
        try (FeatureRowFiles files =
                new FeatureRowFiles(root, FeatureColumns.of("1", NAMES), "test")) {
            for (FeatureRow row : rows) {
                files.write(row);
            }
            files.publish();
        }
        return FeatureRows.in(root, "1", NAMES, SymbolChoice.ALL, 0, 3_600 * SECOND);
    }

    private static FeatureRow row(String symbol, long second, double volume, long events) {
        return new FeatureRow(
                symbol,
                second * SECOND,
                "1",
                new double[] {Double.NaN, volume},
                0,
                events,
                second * SECOND - 1);
    }
}
