package io.tidemark.bench.indicator;

import com.tictactec.ta.lib.Core;
import com.tictactec.ta.lib.FuncUnstId;
import com.tictactec.ta.lib.MAType;
import com.tictactec.ta.lib.MInteger;
import com.tictactec.ta.lib.RetCode;
import io.tidemark.features.pattern.CandlePattern;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * TA-Lib's Java port asked for one value: that of the newest bar, its recursions begun a lookback
 * before. Arrays and counters are reused, as fast as it can be called.
 */
final class TalibPort {
    private final BarArrays bars;
    private final int last;
    private final Core core = new Core();

    /** MACD takes the unstable period twice: for the line and for the signal. */
    private final Core macdCore = new Core();

    private final MInteger begin = new MInteger();
    private final MInteger count = new MInteger();
    private final double[] first = new double[1];
    private final double[] second = new double[1];
    private final double[] third = new double[1];
    private final int[] pattern = new int[1];
    private final Map<CandlePattern, MethodHandle> patterns = new EnumMap<>(CandlePattern.class);

    TalibPort(BarArrays bars, int lookback) {
        this.bars = bars;
        last = bars.size() - 1;
        core.SetUnstablePeriod(FuncUnstId.Ema, lookback - 21);
        macdCore.SetUnstablePeriod(FuncUnstId.Ema, (lookback - 34) / 2);
        core.SetUnstablePeriod(FuncUnstId.Rsi, lookback - 15);
        core.SetUnstablePeriod(FuncUnstId.Atr, lookback - 15);
        core.SetUnstablePeriod(FuncUnstId.Adx, lookback - 28);
        core.SetUnstablePeriod(FuncUnstId.PlusDI, lookback - 15);
        core.SetUnstablePeriod(FuncUnstId.MinusDI, lookback - 15);
        for (CandlePattern one : CandlePattern.values()) {
            patterns.put(one, handle(one));
        }
    }

    private MethodHandle handle(CandlePattern one) {
        // The port's spelling of three of them.
        String name =
                one.talibName()
                        .toLowerCase(Locale.ROOT)
                        .replace("highwave", "hignwave")
                        .replace("separating", "seperating")
                        .replace("sandwich", "sandwhich");
        Method method =
                Arrays.stream(Core.class.getMethods())
                        .filter(m -> m.getName().toLowerCase(Locale.ROOT).equals(name))
                        .filter(m -> m.getParameterTypes()[2] == double[].class)
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no " + name));
        try {
            MethodHandle handle = MethodHandles.lookup().unreflect(method).bindTo(core);
            return method.getParameterCount() == 10
                    ? MethodHandles.insertArguments(handle, 6, penetration(one))
                    : handle;
        } catch (IllegalAccessException cannotBe) {
            throw new IllegalStateException(cannotBe);
        }
    }

    private static double penetration(CandlePattern one) {
        return one == CandlePattern.DARK_CLOUD_COVER || one == CandlePattern.MAT_HOLD ? 0.5 : 0.3;
    }

    double ema() {
        return first(core.ema(last, last, bars.closes, 21, begin, count, first));
    }

    double rsi() {
        return first(core.rsi(last, last, bars.closes, 14, begin, count, first));
    }

    double macd() {
        first(
                macdCore.macd(
                        last, last, bars.closes, 12, 26, 9, begin, count, first, second, third));
        return first[0] + second[0] + third[0];
    }

    double bollinger() {
        first(
                core.bbands(
                        last,
                        last,
                        bars.closes,
                        20,
                        2,
                        2,
                        MAType.Sma,
                        begin,
                        count,
                        first,
                        second,
                        third));
        return (bars.closes[last] - third[0]) / (first[0] - third[0]);
    }

    double atr() {
        return first(
                core.atr(last, last, bars.highs, bars.lows, bars.closes, 14, begin, count, first));
    }

    double adx() {
        return first(
                core.adx(last, last, bars.highs, bars.lows, bars.closes, 14, begin, count, first));
    }

    double plusDi() {
        return first(
                core.plusDI(
                        last, last, bars.highs, bars.lows, bars.closes, 14, begin, count, first));
    }

    double minusDi() {
        return first(
                core.minusDI(
                        last, last, bars.highs, bars.lows, bars.closes, 14, begin, count, first));
    }

    double stochastic() {
        first(
                core.stoch(
                        last,
                        last,
                        bars.highs,
                        bars.lows,
                        bars.closes,
                        14,
                        3,
                        MAType.Sma,
                        3,
                        MAType.Sma,
                        begin,
                        count,
                        first,
                        second));
        return first[0] + second[0];
    }

    double mfi() {
        return first(
                core.mfi(
                        last,
                        last,
                        bars.highs,
                        bars.lows,
                        bars.closes,
                        bars.volumes,
                        14,
                        begin,
                        count,
                        first));
    }

    double cci() {
        return first(
                core.cci(last, last, bars.highs, bars.lows, bars.closes, 20, begin, count, first));
    }

    int doji() {
        core.cdlDoji(
                last, last, bars.opens, bars.highs, bars.lows, bars.closes, begin, count, pattern);
        return pattern[0];
    }

    int engulfing() {
        core.cdlEngulfing(
                last, last, bars.opens, bars.highs, bars.lows, bars.closes, begin, count, pattern);
        return pattern[0];
    }

    /** Any pattern at any bar. Through a method handle: for comparing values, not for timing. */
    int pattern(CandlePattern one, int at) throws Throwable {
        RetCode code =
                (RetCode)
                        Objects.requireNonNull(patterns.get(one))
                                .invoke(
                                        at,
                                        at,
                                        bars.opens,
                                        bars.highs,
                                        bars.lows,
                                        bars.closes,
                                        begin,
                                        count,
                                        pattern);
        if (code != RetCode.Success || count.value != 1) {
            throw new IllegalStateException(one + " at " + at + ": " + code);
        }
        return pattern[0];
    }

    private double first(RetCode code) {
        if (code != RetCode.Success || count.value != 1) {
            throw new IllegalStateException("TA-Lib: " + code + ", " + count.value + " values");
        }
        return first[0];
    }
}
