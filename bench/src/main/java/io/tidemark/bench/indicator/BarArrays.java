package io.tidemark.bench.indicator;

import io.tidemark.features.bar.Bars;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.SplittableRandom;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.num.DoubleNum;

/**
 * The same bars for each library: a seeded walk with gaps, on a grid of ticks so that prices meet.
 */
final class BarArrays {
    final double[] opens;
    final double[] highs;
    final double[] lows;
    final double[] closes;
    final double[] volumes;

    private BarArrays(int count) {
        opens = new double[count];
        highs = new double[count];
        lows = new double[count];
        closes = new double[count];
        volumes = new double[count];
    }

    /** That many bars; moves, bodies and shadows are whole ticks of 0.5, at most {@code ticks}. */
    static BarArrays walk(long seed, int count, int ticks) {
        SplittableRandom random = new SplittableRandom(seed);
        BarArrays bars = new BarArrays(count);
        int price = 10_000;
        for (int i = 0; i < count; i++) {
            int open = price + (random.nextInt(3) == 0 ? random.nextInt(-ticks, ticks + 1) : 0);
            int body = random.nextInt(4) == 0 ? random.nextInt(2) : random.nextInt(ticks + 1);
            int close = open + (random.nextBoolean() ? body : -body);
            bars.opens[i] = open / 2.0;
            bars.closes[i] = close / 2.0;
            bars.highs[i] = (Math.max(open, close) + shadow(random, ticks)) / 2.0;
            bars.lows[i] = (Math.min(open, close) - shadow(random, ticks)) / 2.0;
            bars.volumes[i] = random.nextInt(1, 1_000);
            price = close;
        }
        return bars;
    }

    private static int shadow(SplittableRandom random, int ticks) {
        return random.nextInt(3) == 0 ? random.nextInt(ticks + 1) : random.nextInt(2);
    }

    int size() {
        return closes.length;
    }

    /** The first n of them. */
    Bars bars(int n) {
        Bars bars = new Bars(n);
        for (int i = 0; i < n; i++) {
            bars.add(opens[i], highs[i], lows[i], closes[i], volumes[i]);
        }
        return bars;
    }

    /** All of them, in ta4j's fastest kind of number. */
    BarSeries series() {
        BarSeries series = new BaseBarSeriesBuilder().withNumTypeOf(DoubleNum.class).build();
        ZonedDateTime end = ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
        for (int i = 0; i < size(); i++) {
            series.addBar(
                    Duration.ofMinutes(1),
                    end.plusMinutes(i),
                    opens[i],
                    highs[i],
                    lows[i],
                    closes[i],
                    volumes[i]);
        }
        return series;
    }
}
