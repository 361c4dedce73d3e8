package io.tidemark.bench.throughput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DrainCurveTest {
    private static final long SECOND = 1_000_000L;

    @Test
    void aSteadyDrainHasItsRate() {
        DrainCurve curve = new DrainCurve();
        for (int tenth = 0; tenth <= 100; tenth++) {
            curve.at(tenth * SECOND / 10, tenth * 1_000L);
        }
        assertThat(curve.middleRate(100_000)).isEqualTo(10_000, within(1e-6));
    }

    @Test
    void aSlowStartAndASlowEndDoNotCount() {
        DrainCurve curve = new DrainCurve();
        curve.at(0, 0);
        curve.at(20 * SECOND, 10_000);
        curve.at(24 * SECOND, 90_000);
        curve.at(60 * SECOND, 100_000);
        assertThat(curve.middleRate(100_000)).isEqualTo(20_000, within(1e-6));
    }

    @Test
    void aDrainThatStoppedHasNoRate() {
        DrainCurve curve = new DrainCurve();
        curve.at(0, 0);
        curve.at(SECOND, 80_000);
        assertThatThrownBy(() -> curve.middleRate(100_000))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("got 80000");
    }
}
