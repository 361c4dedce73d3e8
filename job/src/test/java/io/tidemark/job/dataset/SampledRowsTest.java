package io.tidemark.job.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SampledRowsTest {
    @Test
    void aSampleOfMoreThanItKeepsIsDrawnFromAll() {
        SampledRows rows = new SampledRows(1);
        for (int i = 0; i < 10 * SampledRows.MOST; i++) {
            rows.offer(new double[] {i, -1});
        }
        double all = 10.0 * SampledRows.MOST;
        assertThat(rows.quantile(0, 0.5)).isCloseTo(all / 2, within(all / 40));
        assertThat(rows.quantile(0, 0.005)).isLessThan(all / 50);
        assertThat(rows.histogram(0, 0, all, 4))
                .satisfies(
                        shares ->
                                assertThat(
                                                Arrays.stream(shares)
                                                        .allMatch(s -> s > 0.22 && s < 0.28))
                                        .isTrue());
    }

    @Test
    void undefinedValuesAreCountedApart() {
        SampledRows rows = new SampledRows(2);
        rows.offer(new double[] {1, Double.NaN});
        rows.offer(new double[] {3, Double.NaN});
        rows.offer(new double[] {Double.NaN, Double.NaN});
        assertThat(rows.undefined(0)).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(rows.histogram(0, 1, 3, 2)).containsExactly(0.5, 0.5);
        assertThat(rows.histogram(0, 1, 2, 2)).as("one is outside").containsExactly(0.5, 0);
        assertThat(rows.undefined(1)).isEqualTo(1);
        assertThat(rows.quantile(1, 0.5)).isNaN();
        assertThat(rows.histogram(1, Double.NaN, Double.NaN, 3)).containsExactly(0);
        assertThat(new SampledRows(1).undefined(0)).isZero();
    }
}
