package io.tidemark.features.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.bar.BarFunction;
import io.tidemark.features.indicator.Adx;
import io.tidemark.features.indicator.Atr;
import io.tidemark.features.indicator.Bollinger;
import io.tidemark.features.indicator.Cci;
import io.tidemark.features.indicator.Drawdown;
import io.tidemark.features.indicator.Ema;
import io.tidemark.features.indicator.Macd;
import io.tidemark.features.indicator.Mfi;
import io.tidemark.features.indicator.ObvSlope;
import io.tidemark.features.indicator.Rsi;
import io.tidemark.features.indicator.Sma;
import io.tidemark.features.indicator.Stochastic;
import io.tidemark.features.indicator.ZScore;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The indicators against what TA-Lib's C library says of the same bars, printed to 12 digits. */
class TalibIndicatorsTest {
    private static final double EXACT = 1e-9;
    private static final double WARM = 1e-6;

    /** What the registry declares for recursive indicators. */
    private static final int LOOKBACK = 400;

    /** Bars after which TA-Lib's own seeds have faded too. */
    private static final int WARM_FROM = 450;

    private static final int WHOLE_SERIES = 1_500;

    @ParameterizedTest
    @ValueSource(strings = {"bybit_BTCUSDT_1h", "bybit_SOLUSDT_15m", "lean_SPY_1d"})
    void withAFiniteWindowEqualTalibOnEveryBar(String series) throws IOException {
        Table table = table(series);
        equal(table, new Sma(30), 0, "SMA(30).outReal", EXACT, 29);
        equal(table, new Cci(14), 0, "CCI(14).outReal", EXACT, 13);
        equal(table, new Mfi(14), 0, "MFI(14).outReal", EXACT, 14);
        Stochastic stochastic = new Stochastic(5, 3, 3);
        equal(table, stochastic, Stochastic.K, "STOCH(5 3 0 3 0).outSlowK", EXACT, 8);
        equal(table, stochastic, Stochastic.D, "STOCH(5 3 0 3 0).outSlowD", EXACT, 8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bybit_BTCUSDT_1h", "bybit_SOLUSDT_15m", "lean_SPY_1d"})
    void bollingerBandsAndZScoreGiveBackTalibsBandsAndTheClose(String series) throws IOException {
        Table table = table(series);
        double[][] bollinger = table.values(new Bollinger(5, 2));
        double[] scores = table.values(new ZScore(5))[0];
        double[] upper = table.column("BBANDS(5 2 2 0).outRealUpperBand");
        double[] middle = table.column("BBANDS(5 2 2 0).outRealMiddleBand");
        double[] lower = table.column("BBANDS(5 2 2 0).outRealLowerBand");
        double[] deviation = table.column("STDDEV(5 1).outReal");
        double[] close = table.column("close");
        for (int i = 4; i < close.length; i++) {
            double width = bollinger[Bollinger.WIDTH][i];
            double percentB = bollinger[Bollinger.PERCENT_B][i];
            near(middle[i] * (1 + width / 2), upper[i], EXACT, "upper band", i);
            near(lower[i] + percentB * (upper[i] - lower[i]), close[i], EXACT, "%b", i);
            double sample = deviation[i] * Math.sqrt(5.0 / 4);
            near(middle[i] + scores[i] * sample, close[i], EXACT, "z-score", i);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bybit_BTCUSDT_1h", "bybit_SOLUSDT_15m", "lean_SPY_1d"})
    void obvSlopeIsTheSlopeOfTalibsObv(String series) throws IOException {
        Table table = table(series);
        double[] obv = table.column("OBV().outReal");
        double[] slopes = table.values(new ObvSlope(20))[0];
        for (int i = 20; i < obv.length; i++) {
            double products = 0;
            double scale = 0;
            for (int k = 0; k < 20; k++) {
                products += (k - 9.5) * obv[i - 19 + k];
                scale = Math.max(scale, Math.abs(obv[i - 19 + k]));
            }
            // The sum cancels: what counts is the size of what is summed, printed to 12 digits.
            assertThat(Math.abs(slopes[i] - products / 665)).isLessThanOrEqualTo(EXACT * scale);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bybit_BTCUSDT_1h", "bybit_SOLUSDT_15m", "lean_SPY_1d"})
    void recursiveOnesEqualTalibAfterWarmUp(String series) throws IOException {
        Table table = table(series);
        equal(table, new Ema(30, LOOKBACK), Ema.VALUE, "EMA(30).outReal", WARM, WARM_FROM);
        equal(table, new Rsi(14, LOOKBACK), 0, "RSI(14).outReal", WARM, WARM_FROM);
        equal(table, new Atr(14, LOOKBACK), 0, "ATR(14).outReal", WARM, WARM_FROM);
        Adx adx = new Adx(14, LOOKBACK);
        equal(table, adx, Adx.VALUE, "ADX(14).outReal", WARM, WARM_FROM);
        equal(table, adx, Adx.PLUS_DI, "PLUS_DI(14).outReal", WARM, WARM_FROM);
        equal(table, adx, Adx.MINUS_DI, "MINUS_DI(14).outReal", WARM, WARM_FROM);
        Macd macd = new Macd(12, 26, 9, LOOKBACK);
        equal(table, macd, Macd.LINE, "MACD(12 26 9).outMACD", WARM, WARM_FROM);
        equal(table, macd, Macd.SIGNAL, "MACD(12 26 9).outMACDSignal", WARM, WARM_FROM);
        equal(table, macd, Macd.HISTOGRAM, "MACD(12 26 9).outMACDHist", WARM, WARM_FROM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bybit_BTCUSDT_1h", "bybit_SOLUSDT_15m", "lean_SPY_1d"})
    void wildersEqualTalibFromTheFirstValueOverTheWholeSeries(String series) throws IOException {
        Table table = table(series);
        equal(table, new Rsi(14, WHOLE_SERIES), 0, "RSI(14).outReal", EXACT, 14);
        equal(table, new Atr(14, WHOLE_SERIES), 0, "ATR(14).outReal", EXACT, 14);
        equal(table, new Adx(14, WHOLE_SERIES), Adx.VALUE, "ADX(14).outReal", EXACT, 27);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bybit_BTCUSDT_1h", "bybit_SOLUSDT_15m", "lean_SPY_1d"})
    void drawdownIsTheCloseOverTalibsMax(String series) throws IOException {
        Table table = table(series);
        double[] max = table.column("MAX(30).outReal");
        double[] close = table.column("close");
        double[] drawdown = table.values(new Drawdown(30))[0];
        for (int i = 29; i < max.length; i++) {
            near(max[i] * (1 + drawdown[i]), close[i], EXACT, "drawdown", i);
        }
    }

    private static Table table(String series) throws IOException {
        return Table.of("6_indicators/talib040_computed/" + series + ".csv.gz");
    }

    private static void equal(
            Table table,
            BarFunction function,
            int output,
            String column,
            double tolerance,
            int from) {
        double[] wanted = table.column(column);
        double[] values = table.values(function)[output];
        for (int i = 0; i < from && tolerance == EXACT; i++) {
            if (!(function instanceof Sma)) {
                assertThat(values[i]).as("%s at %d", function, i).isNaN();
            }
        }
        for (int i = from; i < wanted.length; i++) {
            near(values[i], wanted[i], tolerance, column, i);
        }
    }

    private static void near(double value, double wanted, double tolerance, String what, int i) {
        // The negation lets no NaN through.
        assertThat(!(Math.abs(value - wanted) <= tolerance * Math.abs(wanted)))
                .as("%s at %d: wanted %s, got %s", what, i, wanted, value)
                .isFalse();
    }
}
