package io.tidemark.features.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RobustWindowTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void isTheScoreOfTheDefinition(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RobustWindow window = new RobustWindow();
        List<Double> all = new ArrayList<>();
        boolean coarse = seed % 2 == 0;
        for (int i = 0; i < 600; i++) {
            double step = random.nextDouble(-50, 50);
            double price = 1_000 + (coarse ? Math.rint(step / 20) : step);
            if (random.nextInt(40) == 0) {
                price *= 3;
            }
            assertThat(window.scoreThenAdd(price)).isEqualTo(naive(all, price));
            all.add(price);
        }
    }

    @Test
    void aPriceThatHasNotMovedIsJudgedByABasisPoint() {
        RobustWindow window = new RobustWindow();
        for (int i = 0; i < RobustWindow.WARM; i++) {
            assertThat(window.scoreThenAdd(100)).isZero();
        }
        assertThat(window.scoreThenAdd(100.05)).isBetween(4.9, 5.1);
        assertThat(window.scoreThenAdd(200)).isGreaterThan(1_000);
    }

    @Test
    void refusesWhatIsNoPrice() {
        RobustWindow window = new RobustWindow();
        assertThatThrownBy(() -> window.scoreThenAdd(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("finite");
    }

    private static double naive(List<Double> all, double price) {
        List<Double> last = all.subList(Math.max(0, all.size() - RobustWindow.SIZE), all.size());
        if (last.size() < RobustWindow.WARM) {
            return 0;
        }
        double median = median(last);
        double mad = median(last.stream().map(one -> Math.abs(one - median)).toList());
        double deviation = Math.max(1.4826 * mad, 1e-4 * Math.abs(median));
        return Math.abs(price - median) / deviation;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        double one = sorted.get((sorted.size() - 1) / 2);
        double other = sorted.get(sorted.size() / 2);
        return one + (other - one) / 2;
    }
}
