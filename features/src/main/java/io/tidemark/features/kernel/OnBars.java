package io.tidemark.features.kernel;

import io.tidemark.features.bar.BarPlans;
import io.tidemark.features.bar.BarRequest;
import io.tidemark.features.market.MarketView;
import java.util.Optional;

/**
 * A value of a {@link io.tidemark.features.bar.BarFunction} at the newest bar closed by T.
 *
 * <p>Undefined when that bar is, and as the function says. Computed once a bar: a row costs an
 * array access.
 *
 * @param request the bars and the function
 * @param output which of the function's values
 * @param position where the market's bars keep it; -1 until it is planned
 */
record OnBars(BarRequest request, int output, int position) implements Kernel {
    /** The most bars of a lookback: 41 bytes each, for every symbol. */
    private static final int MAX_BARS = 10_000;

    OnBars {
        if (request.function().lookback() > MAX_BARS) {
            throw new IllegalArgumentException(
                    "wanted a lookback of at most %d bars, got %d"
                            .formatted(MAX_BARS, request.function().lookback()));
        }
    }

    OnBars(BarRequest request, int output) {
        this(request, output, -1);
    }

    @Override
    public Optional<BarRequest> bars() {
        return Optional.of(request);
    }

    @Override
    public Kernel planned(BarPlans plans) {
        return new OnBars(request, output, plans.offsetOf(request) + output);
    }

    @Override
    public double at(MarketView market) {
        return market.bars(request.barMicros()).value(position);
    }

    @Override
    public Reach reach() {
        return Reach.NOW;
    }
}
