package io.tidemark.bench.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.features.bar.BarFunction;
import io.tidemark.features.bar.Bars;
import io.tidemark.features.indicator.Adx;
import io.tidemark.features.indicator.Atr;
import io.tidemark.features.indicator.Cci;
import io.tidemark.features.indicator.Ema;
import io.tidemark.features.indicator.Macd;
import io.tidemark.features.indicator.Mfi;
import io.tidemark.features.indicator.Rsi;
import io.tidemark.features.pattern.CandlePattern;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Our patterns and indicators against TA-Lib's Java port, bar by bar on walks made so that the rare
 * patterns occur too, which recorded series do not show.
 */
class TalibPortTest {
    private static final int BARS = 15_000;
    private static final int LOOKBACK = 400;

    @Test
    void everyPatternEqualsThePortAndNearlyAllOccur() throws Throwable {
        Map<CandlePattern, Integer> seen = new EnumMap<>(CandlePattern.class);
        double[] out = new double[1];
        for (int ticks : new int[] {2, 5, 12, 40}) {
            BarArrays arrays = BarArrays.walk(ticks, BARS, ticks);
            TalibPort talib = new TalibPort(arrays, LOOKBACK);
            Bars bars = arrays.bars(20);
            for (int at = 20; at < BARS; at++) {
                bars.add(
                        arrays.opens[at],
                        arrays.highs[at],
                        arrays.lows[at],
                        arrays.closes[at],
                        arrays.volumes[at]);
                for (CandlePattern pattern : CandlePattern.values()) {
                    pattern.compute(bars, out, 0);
                    int wanted = talib.pattern(pattern, at);
                    if (out[0] != wanted) {
                        assertThat(out[0]).as("%s at %d", pattern, at).isEqualTo(wanted);
                    }
                    if (wanted != 0) {
                        seen.merge(pattern, 1, Integer::sum);
                    }
                }
            }
        }
        assertThat(seen.keySet()).as("%s", seen).hasSizeGreaterThan(55);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void indicatorsEqualThePortOnTheSameLookback(long seed) {
        BarArrays arrays = BarArrays.walk(seed, LOOKBACK, 12);
        TalibPort talib = new TalibPort(arrays, LOOKBACK);
        Bars bars = arrays.bars(LOOKBACK);
        near(value(new Ema(21, LOOKBACK), bars), talib.ema());
        near(value(new Rsi(14, LOOKBACK), bars), talib.rsi());
        near(value(new Atr(14, LOOKBACK), bars), talib.atr());
        near(value(new Adx(14, LOOKBACK), bars), talib.adx());
        near(value(new Cci(20), bars), talib.cci());
        near(value(new Mfi(14), bars), talib.mfi());
        double[] out = new double[3];
        new Macd(12, 26, 9, LOOKBACK).compute(bars, out, 0);
        near(out[0] + out[1] + out[2], talib.macd());
    }

    private static double value(BarFunction function, Bars bars) {
        double[] out = new double[function.outputs()];
        function.compute(bars, out, 0);
        return out[0];
    }

    private static void near(double value, double wanted) {
        assertThat(value).isCloseTo(wanted, within(1e-7 * Math.max(1, Math.abs(wanted))));
    }
}
