package io.tidemark.features.kernel;

import io.tidemark.features.market.MarketView;
import io.tidemark.features.market.SecondView;

/**
 * Volatility: population standard deviation of the returns p(t)/p(t - 1 s) - 1 at the whole seconds
 * t in (T - w, T], a fraction a second; two passes, oldest first. Over more than 5 min whole
 * minutes are combined instead (Chan, Golub, LeVeque 1979): the same to 1e-12, at a fraction of the
 * cost.
 *
 * <p>Returns with an undefined price are left out; undefined under 2 returns. Warm after w. O(w / 1
 * s).
 */
record Volatility(long windowMicros) implements Kernel {
    private static final long SECOND = 1_000_000L;
    private static final long TWO_PASSES_MICROS = 300 * SECOND;
    static final KernelDefinition DEFINITION =
            KernelDefinition.ofTrades("volatility", 2 * SECOND, Volatility::new);

    @Override
    public double at(MarketView market) {
        SecondView seconds = market.seconds();
        if (windowMicros > TWO_PASSES_MICROS) {
            return seconds.deviation(windowMicros);
        }
        int count = seconds.count(windowMicros);
        int defined = 0;
        double sum = 0;
        for (int back = count - 1; back >= 0; back--) {
            double value = seconds.simpleReturn(back);
            if (!Double.isNaN(value)) {
                sum += value;
                defined++;
            }
        }
        if (defined < 2) {
            return Double.NaN;
        }
        double mean = sum / defined;
        double squares = 0;
        for (int back = count - 1; back >= 0; back--) {
            double value = seconds.simpleReturn(back);
            if (!Double.isNaN(value)) {
                squares += (value - mean) * (value - mean);
            }
        }
        return Math.sqrt(squares / defined);
    }

    @Override
    public Reach reach() {
        return Reach.secondReturns(windowMicros);
    }
}
