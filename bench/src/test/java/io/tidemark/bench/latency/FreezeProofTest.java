package io.tidemark.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FreezeProofTest {
    private static final long START = 1_765_000_000_000_000L;
    private static final long SECOND = 1_000_000L;
    private static final RowGrid GRID = new RowGrid(START, SECOND, 30, 50);
    private static final Freeze FREEZE =
            new Freeze(GRID.timeOf(20) - 150_000, GRID.timeOf(20) + SECOND);

    private static int prove(long delayOfTheStalledMicros, boolean omitOne) {
        Sightings visible = new Sightings(GRID);
        for (int step = 0; step < GRID.steps(); step++) {
            for (int symbol = 0; symbol < GRID.symbols(); symbol++) {
                long delay = step == 20 ? delayOfTheStalledMicros : 60_000;
                if (step != 20 || symbol > 0 || !omitOne) {
                    visible.see(symbol, GRID.timeOf(step), GRID.timeOf(step) + delay);
                }
            }
        }
        PrintStream out =
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return FreezeProof.print(out, visible, FREEZE, START, START + 30 * SECOND);
    }

    @Test
    void acceptsFiguresThatShowTheStall() {
        assertThat(prove(SECOND + 60_000, false)).isZero();
    }

    @Test
    void refusesFiguresThatHideTheStall() {
        assertThat(prove(60_000, false)).isEqualTo(1);
    }

    @Test
    void refusesARowOfTheStallLeftOut() {
        assertThat(prove(SECOND + 60_000, true)).isEqualTo(1);
    }
}
