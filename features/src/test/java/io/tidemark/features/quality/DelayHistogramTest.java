package io.tidemark.features.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DelayHistogramTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void aPercentileIsTheEndOfTheBinOfTheExactOne(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] delays = new long[1 + random.nextInt(2_000)];
        long[] counts = new long[DelayHistogram.BINS];
        for (int i = 0; i < delays.length; i++) {
            delays[i] = (long) Math.exp(random.nextDouble(5, 19));
            counts[DelayHistogram.bin(delays[i])]++;
        }
        Arrays.sort(delays);
        for (double share : new double[] {0.001, 0.25, 0.5, 0.9, 0.99, 0.999, 1}) {
            long exact = delays[Math.max(0, (int) Math.ceil(share * delays.length) - 1)];
            assertThat(DelayHistogram.percentileMicros(counts, share))
                    .isEqualTo(DelayHistogram.endMicros(DelayHistogram.bin(exact)));
        }
    }

    @Test
    void binsHaveNoHoleAndNoOverlap() {
        for (long delay = 0; delay < 2_000_000; delay += 37) {
            int bin = DelayHistogram.bin(delay);
            assertThat(delay).isLessThanOrEqualTo(DelayHistogram.endMicros(bin));
            if (bin > 0) {
                assertThat(delay).isGreaterThanOrEqualTo(DelayHistogram.endMicros(bin - 1) - 1);
            }
        }
        assertThat(DelayHistogram.bin(-5)).isZero();
        assertThat(DelayHistogram.bin(Long.MAX_VALUE)).isEqualTo(DelayHistogram.BINS - 1);
    }

    @Test
    void nothingCountedIsZero() {
        assertThat(DelayHistogram.percentileMicros(new long[DelayHistogram.BINS], 0.5)).isZero();
    }
}
