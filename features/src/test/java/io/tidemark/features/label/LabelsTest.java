package io.tidemark.features.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By example, and beside a naive version that searches all trades. Times are microseconds. */
class LabelsTest {
    private static final long SECOND = 1_000_000;
    private static final long CARRY = 5 * SECOND;

    private record Traded(long at, double price) {}

    @Test
    void aPriceIsTheLastBeforeAndNotTheOneAt() {
        PriceGrid prices = grid(List.of(new Traded(900_000, 10), new Traded(SECOND, 20)), 10);
        assertThat(prices.at(SECOND)).isEqualTo(10);
        assertThat(prices.at(2 * SECOND)).isEqualTo(20);
        assertThat(prices.at(0)).isNaN();
    }

    @Test
    void aPriceOfTheToleranceCountsAndAnOlderOneDoesNot() {
        PriceGrid prices = grid(List.of(new Traded(SECOND, 10)), 10);
        assertThat(prices.at(6 * SECOND)).isEqualTo(10);
        assertThat(prices.at(7 * SECOND)).isNaN();
        assertThat(prices.at(100 * SECOND)).isNaN();
    }

    @Test
    void regressions() {
        PriceGrid prices = at(100, 110, 99);
        assertThat(label(LabelType.RETURNS, prices, 0)).isCloseTo(0.1, within(1e-15));
        assertThat(label(LabelType.RETURNS, prices, SECOND)).isCloseTo(-0.1, within(1e-15));
        assertThat(label(LabelType.LOG_RETURNS, prices, 0)).isEqualTo(Math.log(1.1));
        assertThat(label(LabelType.PRICE_CHANGE, prices, SECOND)).isEqualTo(-11);
        assertThat(label(LabelType.RETURNS, prices, 2 * SECOND)).isNaN();
    }

    @Test
    void aClassNeedsMoreThanTheThreshold() {
        PriceGrid prices = at(1_024, 1_025, 1_023, 1_023);
        LabelDefinition exact = LabelDefinition.of(LabelType.CLASSIFICATION, SECOND, 1.0 / 1_024);
        assertThat(new Labels(exact, prices).at(0)).isZero();
        LabelDefinition less = LabelDefinition.of(LabelType.CLASSIFICATION, SECOND, 0.99 / 1_024);
        assertThat(new Labels(less, prices).at(0)).isEqualTo(1);
        assertThat(new Labels(less, prices).at(SECOND)).isEqualTo(-1);
        assertThat(new Labels(less, prices).at(2 * SECOND)).isZero();
    }

    @Test
    void costsComeOffEitherWay() {
        PriceGrid prices = at(100, 110, 99, 99.5);
        LabelDefinition net = new LabelDefinition(LabelType.RETURNS, SECOND, 0, 0, 0.02);
        assertThat(new Labels(net, prices).at(0)).isCloseTo(0.08, within(1e-12));
        assertThat(new Labels(net, prices).at(SECOND)).isCloseTo(-0.08, within(1e-12));
        assertThat(new Labels(net, prices).at(2 * SECOND)).isZero();
        LabelDefinition change = new LabelDefinition(LabelType.PRICE_CHANGE, SECOND, 0, 0, 0.02);
        assertThat(new Labels(change, prices).at(0)).isCloseTo(8, within(1e-9));
        LabelDefinition log = new LabelDefinition(LabelType.LOG_RETURNS, SECOND, 0, 0, 0.02);
        assertThat(new Labels(log, prices).at(0)).isCloseTo(Math.log(1.08), within(1e-12));
    }

    @Test
    void riskIsThatOfThePast() {
        LabelDefinition definition =
                new LabelDefinition(LabelType.RISK_ADJUSTED, SECOND, 0, 2 * SECOND, 0);
        // Returns .1 and -.1 before T = 2 s: their deviation is .1; then 1 % up.
        assertThat(new Labels(definition, at(100, 110, 99, 99.99)).at(2 * SECOND))
                .isCloseTo(0.1, within(1e-12));
        assertThat(new Labels(definition, at(100, 110, 99, 99.99)).at(SECOND)).isNaN();
        assertThat(new Labels(definition, at(5, 5, 5, 6)).at(2 * SECOND)).isZero();
    }

    @Test
    void theFirstBarrierDecides() {
        LabelDefinition barriers = LabelDefinition.of(LabelType.TRIPLE_BARRIER, 3 * SECOND, 0.05);
        assertThat(new Labels(barriers, at(100, 101, 106, 90)).at(0)).isEqualTo(1);
        assertThat(new Labels(barriers, at(100, 94, 106, 100)).at(0)).isEqualTo(-1);
        assertThat(new Labels(barriers, at(100, 101, 102, 104)).at(0)).isZero();
        assertThat(new Labels(barriers, at(100, 106, 100)).at(0)).isNaN();
    }

    @Test
    void theNextCandleBeginsAtOrAfterTheRow() {
        LabelDefinition candle = LabelDefinition.of(LabelType.NEXT_CANDLE_DIRECTION, 2 * SECOND, 0);
        PriceGrid prices = at(100, 90, 110, 80, 105);
        assertThat(new Labels(candle, prices).at(0)).isEqualTo(1);
        assertThat(new Labels(candle, prices).at(SECOND)).isEqualTo(-1);
        assertThat(new Labels(candle, prices).at(3 * SECOND)).isNaN();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void areThoseOfANaiveSearch(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Traded> trades = new ArrayList<>();
        double price = 100;
        for (long t = 0; t < 300 * SECOND; t += random.nextLong(1, 4 * SECOND)) {
            t += random.nextInt(40) == 0 ? 10 * SECOND : 0;
            t = random.nextInt(3) == 0 ? t / SECOND * SECOND + SECOND : t;
            price *= 1 + (random.nextDouble() - 0.5) / 50;
            trades.add(new Traded(t, price));
        }
        PriceGrid prices = grid(trades, 300);
        for (LabelType type : LabelType.values()) {
            LabelDefinition definition =
                    new LabelDefinition(type, 7 * SECOND, 0.01, 20 * SECOND, 0.001);
            Labels labels = new Labels(definition, prices);
            int defined = 0;
            for (long t = 0; t < 300 * SECOND; t += SECOND) {
                double naive = NaiveLabels.at(definition, at -> naive(trades, at), SECOND, t);
                assertThat(labels.at(t)).as("%s at %d", type, t).isCloseTo(naive, within(1e-9));
                defined += Double.isNaN(naive) ? 0 : 1;
            }
            assertThat(defined).isGreaterThan(50);
        }
    }

    @Test
    void refusesAHorizonOffTheGrid() {
        assertThatThrownBy(
                        () ->
                                new Labels(
                                        LabelDefinition.of(LabelType.RETURNS, SECOND / 2, 0),
                                        at(1, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("multiples of the cadence");
    }

    private static double naive(List<Traded> trades, long at) {
        Traded last = null;
        for (Traded trade : trades) {
            last = trade.at() < at ? trade : last;
        }
        return last == null || at - last.at() > CARRY || at >= 300 * SECOND
                ? Double.NaN
                : last.price();
    }

    private static double label(LabelType type, PriceGrid prices, long at) {
        return new Labels(LabelDefinition.of(type, SECOND, 0), prices).at(at);
    }

    /** Prices at 0 s, 1 s, 2 s and so on. */
    private static PriceGrid at(double... prices) {
        PriceGrid grid = new PriceGrid(0, prices.length * SECOND, SECOND, CARRY);
        for (int i = 0; i < prices.length; i++) {
            grid.set(i * SECOND, prices[i]);
        }
        return grid;
    }

    private static PriceGrid grid(List<Traded> trades, int seconds) {
        PriceGrid grid = new PriceGrid(0, seconds * SECOND, SECOND, CARRY);
        trades.forEach(trade -> grid.price(trade.at(), trade.price()));
        grid.closeThrough(Long.MAX_VALUE);
        return grid;
    }
}
