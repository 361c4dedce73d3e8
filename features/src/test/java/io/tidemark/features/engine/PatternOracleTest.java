package io.tidemark.features.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.tidemark.features.bar.Bars;
import io.tidemark.features.engine.NaiveBars.Bar;
import io.tidemark.features.pattern.CandlePattern;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Every candle pattern against {@link NaivePatterns} on random bars. Their prices are few whole
 * ticks: equal prices, gaps, dojis and bars without shadows come often, and so do values that lie
 * on a threshold.
 */
class PatternOracleTest {
    private static final int BARS = 30_000;
    private static final int[] GAPS = {0, 0, 0, 0, -1, 1, -2, 2, -4, 4, -9, 9};
    private static final int[] BODIES = {0, 0, 1, -1, 2, -2, 3, -3, 5, -5, 9, -9, 12, -12};
    private static final int[] SHADOWS = {0, 0, 0, 0, 1, 1, 2, 4, 8, 12};

    /** Too rare by chance: opens and closes beside the first bar's open. */
    private static final int[][] MAT_HOLD = {{0, 12}, {16, 14}, {14, 11}, {13, 10}, {12, 21}};

    @Test
    void equalTalibOnRandomBars() {
        Set<CandlePattern> seen = EnumSet.noneOf(CandlePattern.class);
        for (long seed = 1; seed <= 3; seed++) {
            List<Bar> bars = bars(seed);
            double[] out = new double[1];
            for (CandlePattern pattern : CandlePattern.values()) {
                for (int end = pattern.lookback(); end <= BARS; end++) {
                    List<Bar> window = bars.subList(end - pattern.lookback(), end);
                    pattern.compute(kernelBars(window), out, 0);
                    double wanted = NaivePatterns.value(pattern, window);
                    if (out[0] != wanted) {
                        fail(
                                "seed %d, %s on %s: wanted %s, got %s",
                                seed, pattern, window, wanted, out[0]);
                    }
                    if (out[0] != 0) {
                        seen.add(pattern);
                    }
                }
            }
        }
        assertThat(EnumSet.complementOf(EnumSet.copyOf(seen))).isEmpty();
    }

    @Test
    void areUndefinedWhereTalibIs() {
        List<Bar> bars = bars(4).subList(0, CandlePattern.MAX_LOOKBACK);
        double[] out = new double[1];
        for (CandlePattern pattern : CandlePattern.values()) {
            for (int n = 1; n <= bars.size(); n++) {
                List<Bar> window = bars.subList(bars.size() - n, bars.size());
                pattern.compute(kernelBars(window), out, 0);
                assertThat(out).containsExactly(NaivePatterns.value(pattern, window));
            }
        }
    }

    private static List<Bar> bars(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Bar> bars = new ArrayList<>();
        int close = 10_000;
        while (bars.size() < BARS) {
            if (random.nextInt(100) == 0) {
                for (int[] body : MAT_HOLD) {
                    int open = close + body[0] + random.nextInt(-1, 2);
                    bars.add(bar(open, close + body[1] + random.nextInt(-1, 2), random));
                }
            } else {
                int open = close + oneOf(GAPS, random);
                close = open + oneOf(BODIES, random);
                bars.add(bar(open, close, random));
            }
        }
        return bars.subList(0, BARS);
    }

    private static Bar bar(int open, int close, SplittableRandom random) {
        int high = Math.max(open, close) + oneOf(SHADOWS, random);
        int low = Math.min(open, close) - oneOf(SHADOWS, random);
        return new Bar(open, high, low, close, 1, true);
    }

    private static int oneOf(int[] values, SplittableRandom random) {
        return values[random.nextInt(values.length)];
    }

    private static Bars kernelBars(List<Bar> window) {
        Bars bars = new Bars(window.size());
        window.forEach(
                bar -> bars.add(bar.open(), bar.high(), bar.low(), bar.close(), bar.volume()));
        return bars;
    }
}
