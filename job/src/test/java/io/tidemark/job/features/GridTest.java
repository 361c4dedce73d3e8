package io.tidemark.job.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GridTest {
    private final Grid grid = new Grid(1_000_000, 5_000_000);

    @Test
    void anEventExactlyAtAStepsEndBelongsToTheNext() {
        assertThat(grid.stepEnd(1_999_999)).isEqualTo(2_000_000);
        assertThat(grid.stepEnd(2_000_000)).isEqualTo(3_000_000);
        assertThat(grid.stepEnd(-1)).isZero();
    }

    @Test
    void aWatermarkClosesTheStepsThatEndAtOrBeforeTheNextMillisecond() {
        assertThat(grid.closedBy(1_999)).isEqualTo(2_000_000);
        assertThat(grid.closedBy(1_998)).isEqualTo(1_000_000);
        assertThat(grid.closedBy(Grid.watermarkClosing(7_000_000))).isEqualTo(7_000_000);
    }

    @Test
    void noWatermarkClosesNothingAndTheLastOneClosesAll() {
        assertThat(grid.closedBy(Long.MIN_VALUE)).isEqualTo(Grid.NEVER);
        assertThat(grid.closedBy(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void rowsComeAtMultiplesOfTheCadence() {
        assertThat(grid.isRowTime(10_000_000)).isTrue();
        assertThat(grid.isRowTime(11_000_000)).isFalse();
    }

    @Test
    void refusesAStepThatDoesNotDivideTheCadence() {
        assertThatThrownBy(() -> new Grid(300_000, 1_000_000))
                .hasMessageContaining("got step 300000");
    }
}
