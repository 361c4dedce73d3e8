package io.tidemark.features.kernel;

import io.tidemark.features.market.MarketView;
import io.tidemark.features.market.SeriesView;

/**
 * A statistic of another feature's values at its grid times in (T - w, T]: n = w / its cadence of
 * them, the newest is its value as of T. Unit of that feature; of {@code rolling_zscore} none.
 *
 * <ul>
 *   <li>mean: sum / n, oldest first
 *   <li>std: sample standard deviation (n - 1), two passes
 *   <li>zscore: (newest - mean) / std
 *   <li>min, max
 * </ul>
 *
 * <p>Undefined values are left out. Undefined when none is left; std and z-score under 2; z-score
 * also when the newest is undefined or all are equal. Warm after w. O(n).
 */
record Rolling(Statistic statistic, int feature, int steps, long windowMicros) implements Kernel {
    static final KernelDefinition MEAN = definition("rolling_mean", Statistic.MEAN);
    static final KernelDefinition STD = definition("rolling_std", Statistic.STD);
    static final KernelDefinition ZSCORE = definition("rolling_zscore", Statistic.ZSCORE);
    static final KernelDefinition MIN = definition("rolling_min", Statistic.MIN);
    static final KernelDefinition MAX = definition("rolling_max", Statistic.MAX);

    enum Statistic {
        MEAN,
        STD,
        ZSCORE,
        MIN,
        MAX
    }

    private static KernelDefinition definition(String name, Statistic statistic) {
        return KernelDefinition.ofSeries(
                name, (feature, steps, window) -> new Rolling(statistic, feature, steps, window));
    }

    @Override
    public double at(MarketView market) {
        SeriesView values = market.series(feature);
        return switch (statistic) {
            case MEAN -> mean(values);
            case STD -> deviation(values, mean(values));
            case ZSCORE -> {
                double mean = mean(values);
                double deviation = deviation(values, mean);
                yield deviation > 0 ? (values.value(0) - mean) / deviation : Double.NaN;
            }
            case MIN -> extreme(values, -1);
            case MAX -> extreme(values, 1);
        };
    }

    private double mean(SeriesView values) {
        int defined = 0;
        double sum = 0;
        for (int back = steps - 1; back >= 0; back--) {
            double value = values.value(back);
            if (!Double.isNaN(value)) {
                sum += value;
                defined++;
            }
        }
        return sum / defined;
    }

    private double deviation(SeriesView values, double mean) {
        int defined = 0;
        double squares = 0;
        for (int back = steps - 1; back >= 0; back--) {
            double value = values.value(back);
            if (!Double.isNaN(value)) {
                squares += (value - mean) * (value - mean);
                defined++;
            }
        }
        return defined < 2 ? Double.NaN : Math.sqrt(squares / (defined - 1));
    }

    private double extreme(SeriesView values, int sign) {
        double extreme = Double.NaN;
        for (int back = steps - 1; back >= 0; back--) {
            double value = values.value(back);
            if (Double.isNaN(extreme) || sign * value > sign * extreme) {
                extreme = value;
            }
        }
        return extreme;
    }

    @Override
    public Reach reach() {
        return Reach.series(windowMicros);
    }
}
