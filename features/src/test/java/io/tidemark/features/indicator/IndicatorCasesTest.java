package io.tidemark.features.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.features.bar.BarFunction;
import io.tidemark.features.bar.Bars;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cases of FEATURES.md, null rules, and that bars before the lookback do not matter. */
class IndicatorCasesTest {
    static final List<BarFunction> ALL =
            List.of(
                    new Ema(21, 250),
                    new Rsi(14, 400),
                    new Macd(12, 26, 9, 400),
                    new Bollinger(20, 2),
                    new Atr(14, 400),
                    new Adx(14, 400),
                    new Stochastic(14, 3, 3),
                    new ObvSlope(20),
                    new Mfi(14),
                    new Cci(20),
                    new VolumeRatio(20),
                    new ZScore(20),
                    new Sma(20),
                    new Drawdown(250),
                    new RangeVolatility(20),
                    new MissingBar());

    static Stream<BarFunction> all() {
        return ALL.stream();
    }

    @Test
    void emaIsSeededWithTheFirstClose() {
        Bars bars = new Bars(250);
        for (int i = 0; i < 20; i++) {
            add(bars, 50_000);
        }
        add(bars, 51_000);
        assertThat(values(new Ema(21, 250), bars)[Ema.VALUE]).isEqualTo(50090.909090909096);
    }

    @Test
    void movingAverageAndZScoreAreOfTheBarsThereAre() {
        Bars bars = new Bars(20);
        add(bars, 100);
        assertThat(values(new Sma(2), bars)[0]).isEqualTo(100);
        assertThat(values(new ZScore(20), bars)[0]).isZero();
        add(bars, 110);
        assertThat(values(new Sma(2), bars)[0]).isEqualTo(105);
        assertThat(values(new ZScore(20), bars)[0]).isCloseTo(.7071067811865475, within(1e-15));
        add(bars, 121);
        assertThat(values(new Sma(2), bars)[0]).isEqualTo(115.5);
        assertThat(values(new ZScore(20), bars)[0]).isCloseTo(1.0154893055606034, within(1e-15));
    }

    @Test
    void aPriceThatNeverMovesHasNoOscillators() {
        Bars bars = new Bars(400);
        for (int i = 0; i < 400; i++) {
            add(bars, 0.1);
        }
        assertThat(values(new Rsi(14, 400), bars)[0]).isNaN();
        assertThat(values(new Cci(20), bars)[0]).isNaN();
        assertThat(values(new Stochastic(14, 3, 3), bars)).containsOnly(Double.NaN);
        assertThat(values(new Mfi(14), bars)[0]).isNaN();
        assertThat(values(new Adx(14, 400), bars)).containsOnly(Double.NaN);
        assertThat(values(new Bollinger(20, 2), bars)[Bollinger.PERCENT_B]).isNaN();
        assertThat(values(new Bollinger(20, 2), bars)[Bollinger.WIDTH]).isZero();
        assertThat(values(new ZScore(20), bars)[0]).isZero();
        assertThat(values(new Drawdown(250), bars)[0]).isZero();
        assertThat(values(new Atr(14, 400), bars)[0]).isZero();
    }

    @Test
    void aMissingBarIsFlagged() {
        Bars bars = new Bars(2);
        add(bars, 7);
        assertThat(values(new MissingBar(), bars)[0]).isZero();
        bars.addMissing(7);
        assertThat(values(new MissingBar(), bars)[0]).isEqualTo(1);
    }

    @Test
    void aLookbackShorterThanTheWarmUpIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Rsi(14, 14))
                .withMessage("wanted a lookback of at least the warm-up of 15 bars, got 14");
        assertThatIllegalArgumentException().isThrownBy(() -> new Macd(26, 12, 9, 400));
    }

    @ParameterizedTest
    @MethodSource("all")
    void barsBeforeTheLookbackDoNotMatterToTheBit(BarFunction function) {
        for (long seed = 1; seed <= 5; seed++) {
            Bars longer = walk(seed, function.lookback() + 137);
            Bars enough = new Bars(function.lookback());
            for (int i = longer.size() - function.lookback(); i < longer.size(); i++) {
                enough.add(
                        longer.open(i),
                        longer.high(i),
                        longer.low(i),
                        longer.close(i),
                        longer.volume(i));
            }
            assertThat(values(function, longer)).isEqualTo(values(function, enough));
            assertThat(values(function, enough)).doesNotContain(Double.NaN);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void volumeRatioAndRangeVolatilityEqualTheirDefinitions(long seed) {
        Bars bars = walk(seed, 20);
        double volume = 0;
        double parkinson = 0;
        double garmanKlass = 0;
        for (int i = 0; i < 20; i++) {
            double range = Math.log(bars.high(i)) - Math.log(bars.low(i));
            double body = Math.log(bars.close(i)) - Math.log(bars.open(i));
            volume += bars.volume(i) / 20;
            parkinson += range * range / 20 / (4 * Math.log(2));
            garmanKlass += (range * range / 2 - (2 * Math.log(2) - 1) * body * body) / 20;
        }
        assertThat(values(new VolumeRatio(20), bars)[0])
                .isCloseTo(bars.volume(19) / volume, within(1e-12));
        double[] volatility = values(new RangeVolatility(20), bars);
        assertThat(volatility[RangeVolatility.PARKINSON])
                .isCloseTo(Math.sqrt(parkinson), within(1e-12));
        assertThat(volatility[RangeVolatility.GARMAN_KLASS])
                .isCloseTo(Math.sqrt(garmanKlass), within(1e-12));
    }

    private static Bars walk(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        Bars bars = new Bars(count);
        double price = 100;
        for (int i = 0; i < count; i++) {
            double open = price;
            double close = open * Math.exp(random.nextDouble(-0.01, 0.01));
            double high = Math.max(open, close) * (1 + random.nextDouble(0.005));
            double low = Math.min(open, close) * (1 - random.nextDouble(0.005));
            bars.add(open, high, low, close, random.nextDouble(1, 9));
            price = close;
        }
        return bars;
    }

    private static void add(Bars bars, double close) {
        bars.add(close, close, close, close, 1);
    }

    private static double[] values(BarFunction function, Bars bars) {
        double[] out = new double[function.outputs()];
        function.compute(bars, out, 0);
        return out;
    }
}
