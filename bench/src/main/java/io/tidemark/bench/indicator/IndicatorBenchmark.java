package io.tidemark.bench.indicator;

import io.tidemark.features.bar.BarFunction;
import io.tidemark.features.bar.Bars;
import io.tidemark.features.indicator.Adx;
import io.tidemark.features.indicator.Atr;
import io.tidemark.features.indicator.Bollinger;
import io.tidemark.features.indicator.Cci;
import io.tidemark.features.indicator.Ema;
import io.tidemark.features.indicator.Macd;
import io.tidemark.features.indicator.Mfi;
import io.tidemark.features.indicator.Rsi;
import io.tidemark.features.indicator.Stochastic;
import io.tidemark.features.pattern.CandlePattern;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.ta4j.core.BarSeries;
import org.ta4j.core.indicators.ATRIndicator;
import org.ta4j.core.indicators.CCIIndicator;
import org.ta4j.core.indicators.EMAIndicator;
import org.ta4j.core.indicators.MACDIndicator;
import org.ta4j.core.indicators.RSIIndicator;
import org.ta4j.core.indicators.SMAIndicator;
import org.ta4j.core.indicators.StochasticOscillatorKIndicator;
import org.ta4j.core.indicators.adx.ADXIndicator;
import org.ta4j.core.indicators.adx.MinusDIIndicator;
import org.ta4j.core.indicators.adx.PlusDIIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandFacade;
import org.ta4j.core.indicators.candles.BullishEngulfingIndicator;
import org.ta4j.core.indicators.candles.DojiIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.indicators.volume.MoneyFlowIndexIndicator;

/**
 * What does the value of an indicator at the newest of 400 bars cost, from those bars alone, beside
 * TA-Lib's Java port and ta4j? A bar closes, all of an indicator's values are wanted once.
 *
 * <p>Budget: at most what the faster library takes, no allocation. The finite ones are also the
 * same number in all of them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class IndicatorBenchmark {
    private static final int LOOKBACK = 400;

    /** An indicator. */
    @Param({
        "ema",
        "rsi",
        "macd",
        "bollinger",
        "atr",
        "adx",
        "stochastic",
        "mfi",
        "cci",
        "doji",
        "engulfing"
    })
    public String indicator = "ema";

    private final BarArrays arrays = BarArrays.walk(7, LOOKBACK, 12);
    private final Bars bars = arrays.bars(LOOKBACK);
    private final TalibPort talib = new TalibPort(arrays, LOOKBACK);
    private final BarSeries series = arrays.series();
    private final double[] out = new double[4];
    private BarFunction function = CandlePattern.DOJI;
    private DoubleSupplier talibValue = talib::doji;

    /** Binds the indicator, once, as a feature set does. */
    @Setup
    public void bind() {
        talibValue = talibOf(indicator);
        function =
                switch (indicator) {
                    case "ema" -> new Ema(21, LOOKBACK);
                    case "rsi" -> new Rsi(14, LOOKBACK);
                    case "macd" -> new Macd(12, 26, 9, LOOKBACK);
                    case "bollinger" -> new Bollinger(20, 2);
                    case "atr" -> new Atr(14, LOOKBACK);
                    case "adx" -> new Adx(14, LOOKBACK);
                    case "stochastic" -> new Stochastic(14, 3, 3);
                    case "mfi" -> new Mfi(14);
                    case "cci" -> new Cci(20);
                    case "doji" -> CandlePattern.DOJI;
                    case "engulfing" -> CandlePattern.ENGULFING;
                    default -> throw new IllegalArgumentException(indicator);
                };
    }

    @Benchmark
    public double own() {
        function.compute(bars, out, 0);
        return out[0];
    }

    @Benchmark
    public double talib() {
        return talibValue.getAsDouble();
    }

    private DoubleSupplier talibOf(String name) {
        return switch (name) {
            case "ema" -> talib::ema;
            case "rsi" -> talib::rsi;
            case "macd" -> talib::macd;
            case "bollinger" -> talib::bollinger;
            case "atr" -> talib::atr;
            case "adx" -> () -> talib.adx() + talib.plusDi() + talib.minusDi();
            case "stochastic" -> talib::stochastic;
            case "mfi" -> talib::mfi;
            case "cci" -> talib::cci;
            case "doji" -> talib::doji;
            case "engulfing" -> talib::engulfing;
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** A new indicator for each value: its cache would make a value depend on what came before. */
    @Benchmark
    public double ta4j() {
        // A switch on a string is nothing beside what follows.
        int last = LOOKBACK - 1;
        ClosePriceIndicator close = new ClosePriceIndicator(series);
        return switch (indicator) {
            case "ema" -> new EMAIndicator(close, 21).getValue(last).doubleValue();
            case "rsi" -> new RSIIndicator(close, 14).getValue(last).doubleValue();
            case "macd" -> {
                MACDIndicator macd = new MACDIndicator(close, 12, 26);
                yield macd.getValue(last).doubleValue()
                        + macd.getSignalLine(9).getValue(last).doubleValue()
                        + macd.getHistogram(9).getValue(last).doubleValue();
            }
            case "bollinger" -> {
                BollingerBandFacade bands = new BollingerBandFacade(close, 20, 2);
                yield bands.percentB().getValue(last).doubleValue()
                        + bands.bandwidth().getValue(last).doubleValue();
            }
            case "atr" -> new ATRIndicator(series, 14).getValue(last).doubleValue();
            case "adx" ->
                    new ADXIndicator(series, 14).getValue(last).doubleValue()
                            + new PlusDIIndicator(series, 14).getValue(last).doubleValue()
                            + new MinusDIIndicator(series, 14).getValue(last).doubleValue();
            case "stochastic" -> {
                SMAIndicator k =
                        new SMAIndicator(new StochasticOscillatorKIndicator(series, 14), 3);
                yield k.getValue(last).doubleValue()
                        + new SMAIndicator(k, 3).getValue(last).doubleValue();
            }
            case "mfi" -> new MoneyFlowIndexIndicator(series, 14).getValue(last).doubleValue();
            case "cci" -> new CCIIndicator(series, 20).getValue(last).doubleValue();
            case "doji" -> new DojiIndicator(series, 10, 0.1).getValue(last) ? 100 : 0;
            case "engulfing" -> new BullishEngulfingIndicator(series).getValue(last) ? 100 : 0;
            default -> throw new IllegalArgumentException(indicator);
        };
    }
}
