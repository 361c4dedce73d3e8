package io.tidemark.features.engine;

import com.tictactec.ta.lib.Core;
import com.tictactec.ta.lib.MInteger;
import com.tictactec.ta.lib.RetCode;
import io.tidemark.features.engine.NaiveBars.Bar;
import io.tidemark.features.pattern.CandlePattern;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The candle patterns by what defines them, TA-Lib itself: its own port to Java, asked for the
 * newest bar alone.
 */
final class NaivePatterns {
    private static final Core TALIB = new Core();
    private static final Map<CandlePattern, Method> FUNCTIONS = functions();

    private NaivePatterns() {}

    /** What TA-Lib says of the newest of these bars; NaN when it wants more of them. */
    static double value(CandlePattern pattern, List<Bar> bars) {
        if (bars.isEmpty()) {
            return Double.NaN;
        }
        double[] open = column(bars, Bar::open);
        double[] high = column(bars, Bar::high);
        double[] low = column(bars, Bar::low);
        double[] close = column(bars, Bar::close);
        MInteger begin = new MInteger();
        MInteger count = new MInteger();
        int[] out = new int[1];
        int last = bars.size() - 1;
        List<Object> arguments = new ArrayList<>(List.of(last, last, open, high, low, close));
        penetration(pattern).ifPresent(arguments::add);
        arguments.addAll(List.of(begin, count, out));
        try {
            Object code =
                    Objects.requireNonNull(FUNCTIONS.get(pattern))
                            .invoke(TALIB, arguments.toArray());
            if (code != RetCode.Success) {
                throw new IllegalStateException(pattern + ": " + code);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(pattern.talibName(), e);
        }
        return count.value == 1 ? out[0] : Double.NaN;
    }

    /** TA-Lib's default for those that have a setting. */
    private static Optional<Double> penetration(CandlePattern pattern) {
        return switch (pattern) {
            case ABANDONED_BABY, MORNING_STAR, MORNING_DOJI_STAR, EVENING_STAR, EVENING_DOJI_STAR ->
                    Optional.of(0.3);
            case DARK_CLOUD_COVER, MAT_HOLD -> Optional.of(0.5);
            default -> Optional.empty();
        };
    }

    /** The port misspells three of them. */
    private static String javaName(CandlePattern pattern) {
        return switch (pattern) {
            case HIGH_WAVE -> "cdlHignWave";
            case SEPARATING_LINES -> "cdlSeperatingLines";
            case STICK_SANDWICH -> "cdlStickSandwhich";
            default -> pattern.talibName();
        };
    }

    private static double[] column(List<Bar> bars, ToDoubleFunction<Bar> part) {
        return bars.stream().mapToDouble(part).toArray();
    }

    private static Map<CandlePattern, Method> functions() {
        Map<CandlePattern, Method> functions = new EnumMap<>(CandlePattern.class);
        for (CandlePattern pattern : CandlePattern.values()) {
            functions.put(
                    pattern,
                    Arrays.stream(Core.class.getMethods())
                            .filter(it -> it.getName().equalsIgnoreCase(javaName(pattern)))
                            .filter(it -> it.getParameterTypes()[2] == double[].class)
                            .findFirst()
                            .orElseThrow());
        }
        return functions;
    }
}
