package io.tidemark.features.kernel;

import io.tidemark.features.bar.BarFunction;
import io.tidemark.features.bar.BarRequest;
import io.tidemark.features.indicator.Adx;
import io.tidemark.features.indicator.Atr;
import io.tidemark.features.indicator.Bollinger;
import io.tidemark.features.indicator.Cci;
import io.tidemark.features.indicator.Drawdown;
import io.tidemark.features.indicator.Ema;
import io.tidemark.features.indicator.Macd;
import io.tidemark.features.indicator.Mfi;
import io.tidemark.features.indicator.MissingBar;
import io.tidemark.features.indicator.ObvSlope;
import io.tidemark.features.indicator.RangeVolatility;
import io.tidemark.features.indicator.Rsi;
import io.tidemark.features.indicator.Sma;
import io.tidemark.features.indicator.Stochastic;
import io.tidemark.features.indicator.VolumeRatio;
import io.tidemark.features.indicator.ZScore;
import io.tidemark.features.pattern.CandlePattern;
import io.tidemark.schemas.registry.InputSource;
import io.tidemark.schemas.registry.RegistryDuration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The kernels on bars, as a registry knows them. {@code bar} is the length of a bar; the lookback
 * window is a whole number of bars, and at least what the function looks at. Recursive ones run
 * over the whole window, the others over their period.
 */
final class BarKernels {
    private static final KernelParam BAR = KernelParam.duration("bar", "1m");
    private static final int MOST = 10_000;
    private static final KernelParam FAST = KernelParam.integer("fast", 12, 1, MOST);
    private static final KernelParam SLOW = KernelParam.integer("slow", 26, 2, MOST);
    private static final KernelParam SIGNAL = KernelParam.integer("signal", 9, 1, MOST);
    private static final KernelParam DEVIATIONS = KernelParam.integer("deviations", 2, 1, 10);
    private static final KernelParam SMOOTHING = KernelParam.integer("smoothing", 3, 1, 100);
    private static final KernelParam STOCHASTIC_SIGNAL = KernelParam.integer("signal", 3, 1, 100);

    private BarKernels() {}

    static List<KernelDefinition> all() {
        List<KernelDefinition> all = new ArrayList<>(recursive());
        all.addAll(finite());
        all.add(of("missing_bar", 0, (arguments, bars) -> new MissingBar()));
        for (CandlePattern pattern : CandlePattern.values()) {
            all.add(of(pattern.functionName(), 0, (arguments, bars) -> pattern));
        }
        return all;
    }

    private static List<KernelDefinition> recursive() {
        KernelParam ema = period(21, 1);
        KernelParam wilder = period(14, 2);
        Binding emas = (arguments, bars) -> new Ema(arguments.integer(ema), bars);
        Binding adx = (arguments, bars) -> new Adx(arguments.integer(wilder), bars);
        Binding macd =
                (arguments, bars) ->
                        new Macd(
                                arguments.integer(FAST),
                                arguments.integer(SLOW),
                                arguments.integer(SIGNAL),
                                bars);
        return List.of(
                of("ema", Ema.VALUE, emas, ema),
                of("price_ema_ratio", Ema.PRICE_RATIO, emas, ema),
                of("rsi", 0, (a, bars) -> new Rsi(a.integer(wilder), bars), wilder),
                of("atr", 0, (a, bars) -> new Atr(a.integer(wilder), bars), wilder),
                of("adx", Adx.VALUE, adx, wilder),
                of("plus_di", Adx.PLUS_DI, adx, wilder),
                of("minus_di", Adx.MINUS_DI, adx, wilder),
                of("macd_line", Macd.LINE, macd, FAST, SLOW, SIGNAL),
                of("macd_signal", Macd.SIGNAL, macd, FAST, SLOW, SIGNAL),
                of("macd_histogram", Macd.HISTOGRAM, macd, FAST, SLOW, SIGNAL));
    }

    private static List<KernelDefinition> finite() {
        KernelParam twenty = period(20, 2);
        KernelParam fourteen = period(14, 1);
        KernelParam long250 = period(250, 1);
        Binding bollinger = (a, bars) -> new Bollinger(a.integer(twenty), a.integer(DEVIATIONS));
        Binding stochastic =
                (a, bars) ->
                        new Stochastic(
                                a.integer(fourteen),
                                a.integer(SMOOTHING),
                                a.integer(STOCHASTIC_SIGNAL));
        Binding ranges = (a, bars) -> new RangeVolatility(a.integer(twenty));
        return List.of(
                of("bollinger_percent_b", Bollinger.PERCENT_B, bollinger, twenty, DEVIATIONS),
                of("bollinger_width", Bollinger.WIDTH, bollinger, twenty, DEVIATIONS),
                of(
                        "stochastic_k",
                        Stochastic.K,
                        stochastic,
                        fourteen,
                        SMOOTHING,
                        STOCHASTIC_SIGNAL),
                of(
                        "stochastic_d",
                        Stochastic.D,
                        stochastic,
                        fourteen,
                        SMOOTHING,
                        STOCHASTIC_SIGNAL),
                of("obv_slope", 0, (a, bars) -> new ObvSlope(a.integer(twenty)), twenty),
                of("mfi", 0, (a, bars) -> new Mfi(a.integer(fourteen)), fourteen),
                of("cci", 0, (a, bars) -> new Cci(a.integer(twenty)), twenty),
                of("volume_ratio", 0, (a, bars) -> new VolumeRatio(a.integer(twenty)), twenty),
                of("zscore", 0, (a, bars) -> new ZScore(a.integer(twenty)), twenty),
                of("sma", 0, (a, bars) -> new Sma(a.integer(twenty)), twenty),
                of("drawdown", 0, (a, bars) -> new Drawdown(a.integer(long250)), long250),
                of("parkinson", RangeVolatility.PARKINSON, ranges, twenty),
                of("garman_klass", RangeVolatility.GARMAN_KLASS, ranges, twenty));
    }

    private static KernelParam period(int usual, int least) {
        return KernelParam.integer("period", usual, least, MOST);
    }

    private static KernelDefinition of(
            String name, int output, Binding binding, KernelParam... params) {
        List<KernelParam> all = new ArrayList<>(List.of(BAR));
        all.addAll(Arrays.asList(params));
        return new KernelDefinition(
                name,
                Set.of(InputSource.TRADES),
                1,
                all,
                arguments -> {
                    long barMicros = arguments.micros(BAR);
                    int bars = wholeBars(arguments.windowMicros(), barMicros);
                    BarFunction function = binding.bind(arguments, bars);
                    if (function.lookback() > bars) {
                        throw new IllegalArgumentException(
                                "wanted a lookback_window of at least %d bars, got %d"
                                        .formatted(function.lookback(), bars));
                    }
                    return new OnBars(new BarRequest(barMicros, function), output);
                });
    }

    private static int wholeBars(long windowMicros, long barMicros) {
        if (windowMicros % barMicros != 0 || windowMicros / barMicros > MOST) {
            throw new IllegalArgumentException(
                    "wanted a lookback_window of 1 to %d whole bars of %s, got %s"
                            .formatted(
                                    MOST,
                                    RegistryDuration.text(barMicros),
                                    RegistryDuration.text(windowMicros)));
        }
        return (int) (windowMicros / barMicros);
    }

    private interface Binding {
        BarFunction bind(KernelArguments arguments, int bars);
    }
}
