package io.tidemark.local.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoakTableTest {
    @Test
    void aTrendIsTheSlopeOfAnHour() {
        SoakTable.Trend trend =
                SoakTable.Trend.of(List.of(0.0, 1_800.0, 3_600.0), List.of(5.0, 6.0, 7.0));
        assertThat(trend.perHour()).isCloseTo(2, within(1e-9));
        assertThat(trend.least()).isEqualTo(5);
        assertThat(trend.mean()).isEqualTo(6);
        assertThat(trend.most()).isEqualTo(7);
    }

    @Test
    void looksAtTheLastTwoThirdsOnly() {
        List<SoakSample> samples = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            samples.add(sample(30 * i, i < 3 ? 1_000 * i : 50));
        }
        assertThat(new SoakTable(samples).text())
                .containsPattern("unacked +50\\.0 +50\\.0 +50\\.0 +\\+0\\.0");
    }

    @Test
    void isNothingWithoutSamples() {
        assertThat(new SoakTable(List.of()).text()).isEmpty();
    }

    private static SoakSample sample(double seconds, long unacknowledged) {
        return new SoakSample(
                seconds,
                10,
                5,
                1 << 20,
                1 << 10,
                20,
                0,
                unacknowledged,
                ProcessUse.NONE,
                ProcessUse.NONE);
    }
}
