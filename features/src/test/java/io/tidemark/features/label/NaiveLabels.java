package io.tidemark.features.label;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongToDoubleFunction;

/** The labels from their definitions, one by one. */
final class NaiveLabels {
    private NaiveLabels() {}

    static double at(LabelDefinition wanted, LongToDoubleFunction price, long step, long t) {
        long h = wanted.horizonMicros();
        double now = price.applyAsDouble(t);
        double then = price.applyAsDouble(t + h);
        double gain = afterCosts((then - now) / now, wanted.costs());
        return switch (wanted.type()) {
            case RETURNS -> gain;
            case LOG_RETURNS -> Math.log(1 + gain);
            case PRICE_CHANGE -> gain * now;
            case CLASSIFICATION ->
                    Double.isNaN(gain)
                            ? gain
                            : Math.abs(gain) <= wanted.threshold() ? 0 : Math.signum(gain);
            case RISK_ADJUSTED -> {
                double risk = deviation(wanted, price, step, t);
                yield risk < 1e-12 && !Double.isNaN(gain) ? 0 : gain / risk;
            }
            case TRIPLE_BARRIER -> barrier(wanted, price, step, t);
            case NEXT_CANDLE_DIRECTION -> {
                long begin = t;
                while (begin % h != 0) {
                    begin += step;
                }
                double open = price.applyAsDouble(begin);
                double close = price.applyAsDouble(begin + h);
                yield Math.signum(afterCosts((close - open) / open, wanted.costs()));
            }
        };
    }

    private static double barrier(
            LabelDefinition wanted, LongToDoubleFunction price, long step, long t) {
        double now = price.applyAsDouble(t);
        long end = t + wanted.horizonMicros();
        double width = wanted.threshold() * deviation(wanted, price, step, t);
        if (Double.isNaN(price.applyAsDouble(end) - now) || Double.isNaN(width)) {
            return Double.NaN;
        }
        for (long at = t + step; at <= end; at += step) {
            double so = afterCosts((price.applyAsDouble(at) - now) / now, wanted.costs());
            if (so != 0 && so >= width) {
                return 1;
            }
            if (so != 0 && so <= -width) {
                return -1;
            }
        }
        return 0;
    }

    private static double afterCosts(double gain, double costs) {
        if (gain > costs) {
            return gain - costs;
        }
        return gain < -costs ? gain + costs : gain * 0;
    }

    private static double deviation(
            LabelDefinition wanted, LongToDoubleFunction price, long step, long t) {
        List<Double> gains = new ArrayList<>();
        for (long at = t; at > t - wanted.volatilityMicros(); at -= step) {
            double before = price.applyAsDouble(at - step);
            double gain = price.applyAsDouble(at) / before - 1;
            if (!Double.isNaN(gain)) {
                gains.add(gain);
            }
        }
        if (gains.size() < 2) {
            return Double.NaN;
        }
        double mean = gains.stream().mapToDouble(g -> g).average().orElseThrow();
        double squares = gains.stream().mapToDouble(g -> (g - mean) * (g - mean)).sum();
        return Math.sqrt(squares / gains.size());
    }
}
